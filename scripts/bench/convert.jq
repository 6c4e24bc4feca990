# The same job as a plain jq program:  jq -r -f scripts/bench/convert.jq FEED.json > OUT.osm

def sockets: {
  IEC_62196_T2_COMBO: "type2_combo", IEC_62196_T1: "type1", IEC_62196_T1_COMBO: "type1_combo",
  IEC_62196_T3A: "type3a", IEC_62196_T3C: "type3c", CHADEMO: "chademo", SAE_J3400: "nacs", MCS: "mcs",
  GBT_AC: "gb_ac", GBT_DC: "gb_dc", DOMESTIC_F: "schuko", DOMESTIC_G: "bs1363", NEMA_14_50: "nema_14_50",
  IEC_60309_2_SINGLE_16: "cee_blue", IEC_60309_2_THREE_16: "cee_red_16a", IEC_60309_2_THREE_32: "cee_red_32a"
};
def direct_current: {type2_combo: true, type1_combo: true, chademo: true, mcs: true, gb_dc: true};
def day_names: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
def near($x): (. - $x) | fabs;

def socket_of:
  (.standard // "" | ascii_upcase | rtrimstr(" ")) as $standard
  | if $standard == "IEC_62196_T2" then
      (if (.format // "" | ascii_upcase) == "CABLE" then "type2_cable" else "type2" end)
    else sockets[$standard] end;

def kilowatts($socket):
  (.power_type // "" | ascii_upcase) as $type
  | (.max_voltage // 0) as $volts | (.max_amperage // 0) as $amperes | (.max_electric_power // 0) as $stated
  | (if $stated >= 1000 then $stated
     elif $stated > 0 then $stated * 1000
     elif $type == "AC_1_PHASE" then $volts * $amperes
     elif $type == "AC_3_PHASE" and $volts >= 200 and $volts <= 250 then 3 * $volts * $amperes
     elif $type == "AC_3_PHASE" and $volts >= 380 and $volts <= 415 then (3 | sqrt) * $volts * $amperes
     else 0 end / 1000) as $kw
  | ((direct_current[$socket] // false) or ($socket == "nacs" and $type == "DC")) as $dc
  | (if $dc then [] else [2.3, 3.7, 4.6, 7.4, 11, 22, 43 | select(near($kw) <= . * 0.02)] end) as $nominal
  | if ($nominal | length) > 0 then $nominal[0]
    else (if ($kw | near($kw | round)) <= 0.15 then ($kw | round) else ($kw * 100 | round) / 100 end)
      | if . > (if $dc then 1000 else 44 end) then 0 else . end
    end;

def opening_hours:
  if . == null then ""
  elif .twentyfourseven then "24/7"
  else
    (.regular_hours // []) as $hours
    | [range(1; 8) as $day
       | [$hours[] | select(.weekday == $day)
          | .period_end[0:5] as $until
          | .period_begin[0:5] + "-" + (if $until == "23:59" or $until == "00:00" then "24:00" else $until end)]
       | join(",")] as $days
    | if ($days | all(. == "00:00-24:00")) then "24/7"
      else
        reduce range(0; 7) as $day ([];
          if length > 0 and .[-1].text == $days[$day] then .[-1].last = $day
          else . + [{first: $day, last: $day, text: $days[$day]}] end)
        | [.[] | select(.text != "")
           | day_names[.first] + (if .last > .first then "-" + day_names[.last] else "" end) + " " + .text]
        | join("; ")
      end
  end;

def evse_ref:
  (.evse_id // "" | ascii_upcase | gsub("-"; "*") | gsub(" "; ""))
  | capture("^(?<country>[A-Z]{2})\\*?(?<party>[A-Z0-9]{3})\\*?(?<rest>E[A-Z0-9*]{1,30})$")
  | .country + "*" + .party + "*" + .rest;

def tags($evses):
  [$evses[] | [.connectors[]? | {socket: socket_of} + . | select(.socket)]] as $plugs
  | ([$evses[].capabilities[]?] | map({(.): true}) | add // {}) as $offers
  | ([$evses[] | evse_ref] | unique | join(";")) as $refs
  | (.operator.name // "" | gsub("^\\s+|\\s+$"; "")) as $operator
  | (.opening_times | opening_hours) as $hours
  | {amenity: "charging_station", capacity: ($evses | length | tostring)}
  + ([$plugs[] | [.[].socket] | unique[]] | group_by(.) | map({("socket:" + .[0]): (length | tostring)}) | add // {})
  + ([$plugs[][] | {socket, kw: kilowatts(.socket)} | select(.kw > 0)] | group_by(.socket)
     | map({("socket:" + .[0].socket + ":output"): ([.[].kw] | unique | reverse | map("\(.) kW") | join(";"))})
     | add // {})
  + (if $refs != "" and ($refs | length) <= 255 then {"ref:EU:EVSE": $refs} else {} end)
  + (if (.id | tostring | length) <= 39 then {"ref:ocpi:location:id": (.id | tostring)} else {} end)
  + (if $operator != "" then {operator: $operator} else {} end)
  + (if $hours != "" then {opening_hours: $hours} else {} end)
  + {access: (if ($evses | all(.parking_restrictions // [] | index("CUSTOMERS"))) then "customers" else "yes" end)}
  + (if $offers.CREDIT_CARD_PAYABLE then {"payment:credit_cards": "yes"} else {} end)
  + (if $offers.DEBIT_CARD_PAYABLE then {"payment:debit_cards": "yes"} else {} end)
  + (if $offers.CONTACTLESS_CARD_SUPPORT then {"payment:contactless": "yes"} else {} end)
  + (if $offers.RFID_READER then {"authentication:nfc": "yes"} else {} end);

def eligible: [.evses[]? | select(.status != "REMOVED" and .status != "PLANNED")];
def emitted:
  .id != null and .publish != false and .coordinates != null
  and (.coordinates.latitude | tonumber | fabs) <= 90 and (.coordinates.longitude | tonumber | fabs) <= 180
  and ((.coordinates.latitude | tonumber | fabs) >= 0.01 or (.coordinates.longitude | tonumber | fabs) >= 0.01)
  and (eligible | length) > 0;
def identity: "\(.country_code)/\(.party_id)/\(.id)" | ascii_upcase;

"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\" generator=\"convert.jq\">",
([.[] | select(emitted)] as $emitted
 | (reduce range($emitted | length - 1; -1; -1) as $place ({}; .[$emitted[$place] | identity] = $place)) as $first
 | range($emitted | length) as $place
 | $emitted[$place]
 | select($first[identity] == $place)
 | "<node id=\"-\($place + 1)\" lat=\"\(.coordinates.latitude | tonumber)\" lon=\"\(.coordinates.longitude | tonumber)\">"
   + ([tags(eligible) | to_entries | sort_by(.key)[] | "<tag k=\"\(.key)\" v=\"\(.value | @html)\"/>"] | join(""))
   + "</node>"),
"</osm>"
