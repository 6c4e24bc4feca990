#!/usr/bin/env python3
"""The same job as a plain Python script: json and ElementTree of the standard library.

    python3 scripts/bench/convert.py FEED.json OUT.osm
"""
import json
import math
import re
import sys
import xml.etree.ElementTree as ET

SOCKETS = {
    "IEC_62196_T2_COMBO": "type2_combo",
    "IEC_62196_T1": "type1",
    "IEC_62196_T1_COMBO": "type1_combo",
    "IEC_62196_T3A": "type3a",
    "IEC_62196_T3C": "type3c",
    "CHADEMO": "chademo",
    "SAE_J3400": "nacs",
    "MCS": "mcs",
    "GBT_AC": "gb_ac",
    "GBT_DC": "gb_dc",
    "DOMESTIC_F": "schuko",
    "DOMESTIC_G": "bs1363",
    "NEMA_14_50": "nema_14_50",
    "IEC_60309_2_SINGLE_16": "cee_blue",
    "IEC_60309_2_THREE_16": "cee_red_16a",
    "IEC_60309_2_THREE_32": "cee_red_32a",
}
DC_SOCKETS = {"type2_combo", "type1_combo", "chademo", "mcs", "gb_dc"}
NOMINAL_AC = (2.3, 3.7, 4.6, 7.4, 11, 22, 43)
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
EVSE_ID = re.compile(r"^([A-Z]{2})\*?([A-Z0-9]{3})\*?(E[A-Z0-9*]{1,30})$")


def folded(value):
    return (value or "").strip().upper()


def socket_of(connector):
    standard = folded(connector.get("standard"))
    if standard == "IEC_62196_T2":
        return "type2_cable" if folded(connector.get("format")) == "CABLE" else "type2"
    return SOCKETS.get(standard)


def kilowatts(connector, socket):
    power_type = folded(connector.get("power_type"))
    volts = connector.get("max_voltage") or 0
    amperes = connector.get("max_amperage") or 0
    watts = connector.get("max_electric_power") or 0
    if 0 < watts < 1000:
        watts *= 1000
    if not watts and power_type == "AC_1_PHASE":
        watts = volts * amperes
    elif not watts and power_type == "AC_3_PHASE" and 200 <= volts <= 250:
        watts = 3 * volts * amperes
    elif not watts and power_type == "AC_3_PHASE" and 380 <= volts <= 415:
        watts = math.sqrt(3) * volts * amperes
    kw = watts / 1000
    dc = socket in DC_SOCKETS or (socket == "nacs" and power_type == "DC")
    if not dc:
        for rating in NOMINAL_AC:
            if abs(kw - rating) <= rating * 0.02:
                return rating
    rounded = round(kw) if abs(kw - round(kw)) <= 0.15 else round(kw, 2)
    return 0 if rounded > (1000 if dc else 44) else rounded


def opening_hours(times):
    if not times:
        return ""
    if times.get("twentyfourseven"):
        return "24/7"
    periods = [[] for _ in DAYS]
    for hours in times.get("regular_hours") or []:
        end = hours["period_end"][:5]
        if end in ("23:59", "24:00", "00:00"):
            end = "24:00"
        periods[hours["weekday"] - 1].append(f"{hours['period_begin'][:5]}-{end}")
    days = [",".join(day) for day in periods]
    if all(day == "00:00-24:00" for day in days):
        return "24/7"
    rules = []
    first = 0
    while first < 7:
        last = first
        while last < 6 and days[last + 1] == days[first]:
            last += 1
        name = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        if days[first]:
            rules.append(f"{name} {days[first]}")
        first = last + 1
    return "; ".join(rules)


def tags_of(location, evses):
    tags = {"amenity": "charging_station", "capacity": str(len(evses))}
    counts, powers = {}, {}
    for evse in evses:
        seen = set()
        for connector in evse.get("connectors") or []:
            socket = socket_of(connector)
            if not socket:
                continue
            seen.add(socket)
            kw = kilowatts(connector, socket)
            if kw > 0:
                powers.setdefault(socket, set()).add(kw)
        for socket in seen:
            counts[socket] = counts.get(socket, 0) + 1
    for socket, count in counts.items():
        tags[f"socket:{socket}"] = str(count)
        if socket in powers:
            output = sorted(powers[socket], reverse=True)
            tags[f"socket:{socket}:output"] = ";".join(f"{kw:g} kW" for kw in output)
    ids = set()
    for evse in evses:
        parts = EVSE_ID.match(folded(evse.get("evse_id")).replace("-", "*").replace(" ", ""))
        if parts:
            ids.add("*".join(parts.groups()))
    refs = ";".join(sorted(ids))
    if refs and len(refs) <= 255:
        tags["ref:EU:EVSE"] = refs
    identity = str(location["id"]).strip()
    if len(identity) <= 39:
        tags["ref:ocpi:location:id"] = identity
    operator = ((location.get("operator") or {}).get("name") or "").strip()
    if operator:
        tags["operator"] = operator
    hours = opening_hours(location.get("opening_times"))
    if hours:
        tags["opening_hours"] = hours
    customers = all("CUSTOMERS" in (evse.get("parking_restrictions") or []) for evse in evses)
    tags["access"] = "customers" if customers else "yes"
    offers = {capability for evse in evses for capability in evse.get("capabilities") or []}
    if "CREDIT_CARD_PAYABLE" in offers:
        tags["payment:credit_cards"] = "yes"
    if "DEBIT_CARD_PAYABLE" in offers:
        tags["payment:debit_cards"] = "yes"
    if "CONTACTLESS_CARD_SUPPORT" in offers:
        tags["payment:contactless"] = "yes"
    if "RFID_READER" in offers:
        tags["authentication:nfc"] = "yes"
    return tags


def main(source, target):
    with open(source, encoding="utf-8") as file:
        feed = json.load(file)
    osm = ET.Element("osm", version="0.6", generator="convert.py")
    seen = set()
    for location in feed:
        coordinates = location.get("coordinates")
        if location.get("publish") is False or not coordinates or location.get("id") is None:
            continue
        latitude, longitude = float(coordinates["latitude"]), float(coordinates["longitude"])
        if abs(latitude) > 90 or abs(longitude) > 180:
            continue
        if abs(latitude) < 0.01 and abs(longitude) < 0.01:
            continue
        evses = [e for e in location.get("evses") or [] if e.get("status") not in ("REMOVED", "PLANNED")]
        if not evses:
            continue
        key = f"{location.get('country_code')}/{location.get('party_id')}/{location['id']}".upper()
        if key in seen:
            continue
        seen.add(key)
        node = ET.SubElement(
            osm, "node", id=str(-len(seen)), lat=f"{latitude:.7f}".rstrip("0"), lon=f"{longitude:.7f}".rstrip("0")
        )
        node.tail = "\n"
        for k, v in sorted(tags_of(location, evses).items()):
            ET.SubElement(node, "tag", k=k, v=v)
    ET.ElementTree(osm).write(target, encoding="UTF-8", xml_declaration=True)


main(*sys.argv[1:3])
