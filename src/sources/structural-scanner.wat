;; Finds whole JSON containers in text, 64 bytes at a time.
;;
;; Memory: 0..65535 holds the answer (pairs of i32: start, end address of each container that closed at depth 0);
;; text lies from 65536 on. `scan` takes a range that is a multiple of 64 bytes long and remembers across calls
;; how deep it is, whether it is inside a string, and where the open container began.
;; An odd run of backslashes escapes the quote after it, wherever it stands; brackets are counted, not paired.
(module
  (memory (export "memory") 3)
  (global $depth (export "depth") (mut i32) (i32.const 0))
  (global $start (export "start") (mut i32) (i32.const 0))   ;; address of the container open at depth 1
  (global $stop (export "stop") (mut i32) (i32.const 0))     ;; address after the last byte looked at
  (global $closed (export "closed") (mut i32) (i32.const 0)) ;; 1: `stop` is a closing bracket met at depth 0
  (global $inString (mut i64) (i64.const 0))                 ;; all ones while inside a string
  (global $escaped (mut i64) (i64.const 0))                  ;; 1 when the next byte is escaped

  ;; Begin outside any string, `depth` containers deep.
  (func (export "begin") (param $d i32)
    (global.set $depth (local.get $d))
    (global.set $closed (i32.const 0))
    (global.set $inString (i64.const 0))
    (global.set $escaped (i64.const 0)))

  ;; Scans [at, end). Returns how many containers closed at depth 0. Stops early at a closing bracket met at
  ;; depth 0, when the answer is full (8192), or, with `once`, after the first container.
  (func (export "scan") (param $at i32) (param $end i32) (param $once i32) (result i32)
    (local $count i32) (local $closers i32) (local $here i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $needle v128)
    (local $quotes i64) (local $slashes i64) (local $open i64) (local $close i64)
    (local $follows i64) (local $odd i64) (local $sum i64) (local $strings i64) (local $brackets i64) (local $bit i64)
    (global.set $closed (i32.const 0))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $a (v128.load offset=0 (local.get $at)))
        (local.set $b (v128.load offset=16 (local.get $at)))
        (local.set $c (v128.load offset=32 (local.get $at)))
        (local.set $d (v128.load offset=48 (local.get $at)))

        (local.set $needle (i8x16.splat (i32.const 0x22)))
        (local.set $quotes (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $needle))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $needle)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $needle)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $needle)))) (i64.const 48)))))

        (local.set $needle (i8x16.splat (i32.const 0x5c)))
        (local.set $slashes (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $needle))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $needle)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $needle)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $needle)))) (i64.const 48)))))

        ;; `[` and `{` differ only in bit 0x20, and so do `]` and `}`.
        (local.set $needle (i8x16.splat (i32.const 0x20)))
        (local.set $a (v128.or (local.get $a) (local.get $needle)))
        (local.set $b (v128.or (local.get $b) (local.get $needle)))
        (local.set $c (v128.or (local.get $c) (local.get $needle)))
        (local.set $d (v128.or (local.get $d) (local.get $needle)))

        (local.set $needle (i8x16.splat (i32.const 0x7b)))
        (local.set $open (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $needle))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $needle)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $needle)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $needle)))) (i64.const 48)))))

        (local.set $needle (i8x16.splat (i32.const 0x7d)))
        (local.set $close (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $needle))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $needle)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $needle)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $needle)))) (i64.const 48)))))

        ;; Escaped bytes: those after a run of backslashes of odd length. Runs that begin on an odd bit are carried
        ;; to their end by an addition; what overflows out of bit 63 escapes the first byte of the next block.
        (if (i64.eqz (i64.or (local.get $slashes) (global.get $escaped)))
          (then)
          (else
            (local.set $slashes (i64.and (local.get $slashes) (i64.xor (global.get $escaped) (i64.const -1))))
            (local.set $follows (i64.or (i64.shl (local.get $slashes) (i64.const 1)) (global.get $escaped)))
            (local.set $odd (i64.and (local.get $slashes)
              (i64.xor (i64.or (local.get $follows) (i64.const 0x5555555555555555)) (i64.const -1))))
            (local.set $sum (i64.add (local.get $odd) (local.get $slashes)))
            (global.set $escaped (i64.extend_i32_u (i64.lt_u (local.get $sum) (local.get $odd))))
            (local.set $quotes (i64.and (local.get $quotes) (i64.xor (i64.const -1)
              (i64.and (local.get $follows)
                (i64.xor (i64.const 0x5555555555555555) (i64.shl (local.get $sum) (i64.const 1)))))))))

        ;; Bits from each opening quote up to its closing quote: the parity of all quotes so far.
        (local.set $strings (i64.xor (local.get $quotes) (i64.shl (local.get $quotes) (i64.const 1))))
        (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 2))))
        (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 4))))
        (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 8))))
        (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 16))))
        (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 32))))
        (local.set $strings (i64.xor (local.get $strings) (global.get $inString)))
        (global.set $inString (i64.shr_s (local.get $strings) (i64.const 63)))
        (local.set $strings (i64.xor (local.get $strings) (i64.const -1)))
        (local.set $open (i64.and (local.get $open) (local.get $strings)))
        (local.set $close (i64.and (local.get $close) (local.get $strings)))

        (local.set $closers (i32.wrap_i64 (i64.popcnt (local.get $close))))
        (if (i32.gt_u (global.get $depth) (local.get $closers))
          (then ;; depth 0 cannot be reached in this block
            (global.set $depth (i32.sub
              (i32.add (global.get $depth) (i32.wrap_i64 (i64.popcnt (local.get $open))))
              (local.get $closers))))
          (else
            (local.set $brackets (i64.or (local.get $open) (local.get $close)))
            (block $walked
              (loop $walk
                (br_if $walked (i64.eqz (local.get $brackets)))
                (local.set $bit (i64.ctz (local.get $brackets)))
                (local.set $here (i32.add (local.get $at) (i32.wrap_i64 (local.get $bit))))
                (if (i64.eqz (i64.and (i64.shr_u (local.get $open) (local.get $bit)) (i64.const 1)))
                  (then
                    (if (i32.eqz (global.get $depth))
                      (then
                        (global.set $closed (i32.const 1))
                        (global.set $stop (local.get $here))
                        (global.set $inString (i64.const 0))
                        (global.set $escaped (i64.const 0))
                        (return (local.get $count))))
                    (global.set $depth (i32.sub (global.get $depth) (i32.const 1)))
                    (if (i32.eqz (global.get $depth))
                      (then
                        (i32.store offset=0 (i32.shl (local.get $count) (i32.const 3)) (global.get $start))
                        (i32.store offset=4 (i32.shl (local.get $count) (i32.const 3))
                          (i32.add (local.get $here) (i32.const 1)))
                        (local.set $count (i32.add (local.get $count) (i32.const 1)))
                        (if (i32.or (local.get $once) (i32.eq (local.get $count) (i32.const 8192)))
                          (then
                            (global.set $stop (i32.add (local.get $here) (i32.const 1)))
                            (global.set $inString (i64.const 0))
                            (global.set $escaped (i64.const 0))
                            (return (local.get $count)))))))
                  (else
                    (if (i32.eqz (global.get $depth)) (then (global.set $start (local.get $here))))
                    (global.set $depth (i32.add (global.get $depth) (i32.const 1)))))
                (local.set $brackets (i64.and (local.get $brackets) (i64.sub (local.get $brackets) (i64.const 1))))
                (br $walk)))))

        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))
    (global.set $stop (local.get $end))
    (local.get $count)))
