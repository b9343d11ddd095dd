"""Answers questions about GVariant with the real GLib (python3-gi).

Without arguments: one question a line on standard input, one answer a line on standard output.
With "golden": writes questions of its own, each with its answer, for the tests that run without GLib.

  bytes TYPE HEX       ->  NORMAL TEXT-WITH-TYPES TEXT NORMAL-FORM-HEX BYTESWAPPED-HEX
  text TYPE-OR-- HEX   ->  ok TYPE HEX   or   error START-END
  size TYPE LENGTHS    ->  SIZE SHA256   of a value that holds strings of these lengths

Fields are separated by tabs.
"""
import ctypes
import hashlib
import random
import sys

from gi.repository import GLib

NUMBERS = {"y": (0, 255), "n": (-2**15, 2**15 - 1), "q": (0, 2**16 - 1), "i": (-2**31, 2**31 - 1),
           "u": (0, 2**32 - 1), "x": (-2**63, 2**63 - 1), "t": (0, 2**64 - 1), "h": (-2**31, 2**31 - 1)}


def data_of(value):
    return (value.get_data_as_bytes().get_data() or b"").hex()


def answer_bytes(type_string, hexed):
    value = GLib.Variant.new_from_bytes(
        GLib.VariantType(type_string), GLib.Bytes.new(bytes.fromhex(hexed)), False)
    normal = value.is_normal_form()
    # A second value, because asking for normality changes how the first one is read.
    value = GLib.Variant.new_from_bytes(
        GLib.VariantType(type_string), GLib.Bytes.new(bytes.fromhex(hexed)), False)
    return [str(int(normal)), value.print_(True), value.print_(False),
            data_of(value.get_normal_form()), data_of(value.byteswap())]


def answer_text(type_string, hexed):
    try:
        wanted = None if type_string == "-" else GLib.VariantType(type_string)
        value = GLib.Variant.parse(wanted, bytes.fromhex(hexed).decode("utf-8"), None, None)
        return ["ok", value.get_type_string(), data_of(value)]
    except GLib.Error as error:
        return ["error", error.message.split(":")[0]]


SIZED = {"as": lambda texts: texts, "(ss)": tuple, "(sss)": tuple, "aas": lambda texts: [[text] for text in texts],
         "a(sy)": lambda texts: [(text, 7) for text in texts], "a(sx)": lambda texts: [(text, 7) for text in texts],
         "av": lambda texts: [GLib.Variant("s", text) for text in texts],
         "a{sv}": lambda texts: {text: GLib.Variant("s", text) for text in texts}, "mas": lambda texts: texts}


def answer_size(type_string, lengths):
    texts = ["x" * int(length) for length in lengths.split(",")]
    data = bytes.fromhex(data_of(GLib.Variant(type_string, SIZED[type_string](texts))))
    return [str(len(data)), hashlib.sha256(data).hexdigest()]


def answer(question):
    kind, type_string, given = (question.split("\t") + [""])[:3]
    return {"bytes": answer_bytes, "text": answer_text, "size": answer_size}[kind](type_string, given)


# --- questions for the golden file -------------------------------------------------------------

def some_type(rnd, depth):
    kind = rnd.choice("bynqiuxthdsogv" if depth == 0 else "ynqiutxdsvaaaaam(((({{")
    if kind in "am":
        return kind + some_type(rnd, depth - 1)
    if kind == "(":
        return "(" + "".join(some_type(rnd, depth - 1) for _ in range(rnd.randrange(5))) + ")"
    if kind == "{":
        return rnd.choice(["", "a"]) + "{" + rnd.choice("bynqiuxthdsog") + some_type(rnd, depth - 1) + "}"
    return kind


def members(type_string):
    found, level, start = [], 0, 0
    for i, c in enumerate(type_string):
        level += c in "({"
        level -= c in ")}"
        if level == 0 and c not in "am":
            found.append(type_string[start:i + 1])
            start = i + 1
    return found


def some_text(rnd, type_string):
    kind = type_string[0]
    if kind in NUMBERS:
        low, high = NUMBERS[kind]
        return str(rnd.choice([0, low, high, rnd.randint(low, high), rnd.randint(0, 9)]))
    if kind == "b":
        return rnd.choice(["true", "false"])
    if kind == "d":
        return rnd.choice(["0.0", "-0.0", "1e300", "-1.5", "inf", "-inf", "nan", repr(rnd.random()),
                           repr(rnd.random() * 10 ** rnd.randint(-30, 30)), "5e-05", "1e16", "1e17", "123456789.0"])
    if kind == "s":
        letters = ["a", "Z", "\\'", "\\\"", "\\\\", "\\n", "\\u0007", "ü", "€", "😀", "\\u2028", "\\U000e0001", " "]
        return "'" + "".join(rnd.choice(letters) for _ in range(rnd.randrange(6))) + "'"
    if kind == "o":
        return rnd.choice(["'/'", "'/a'", "'/org/example/Foo_1'"])
    if kind == "g":
        return rnd.choice(["''", "'s'", "'a{sv}(ii)'"])
    if kind == "v":
        inner = some_type(rnd, rnd.randrange(2))
        return "<@" + inner + " " + some_text(rnd, inner) + ">"
    if kind == "m":
        return rnd.choice(["nothing", "just " + some_text(rnd, type_string[1:])])
    if kind == "a":
        return "[" + ", ".join(some_text(rnd, type_string[1:]) for _ in range(rnd.randrange(5))) + "]"
    texts = [some_text(rnd, member) for member in members(type_string[1:-1])]
    if kind == "{":
        return "{" + ", ".join(texts) + "}"
    return "(" + ", ".join(texts) + ("," if len(texts) == 1 else "") + ")"


def broken(rnd, data):
    data = bytearray(data)
    for _ in range(rnd.randrange(1, 4)):
        way = rnd.randrange(5)
        if way == 0 and data:
            data[rnd.randrange(len(data))] = rnd.choice([0, 1, 2, 0x41, 0x7f, 0x80, 0xff, rnd.randrange(256)])
        elif way == 1 and data:
            del data[rnd.randrange(len(data))]
        elif way == 2:
            data.insert(rnd.randrange(len(data) + 1), rnd.randrange(256))
        elif way == 3 and data:  # the offsets are at the end
            data[-1 - rnd.randrange(min(3, len(data)))] = rnd.randrange(len(data) + 4) & 0xff
        else:
            data = data[:rnd.randrange(len(data) + 1)]
    return bytes(data)


BYTES = [("av", "0000"), ("(svvvv)", "00" * 8), ("(ss)", ""), ("(asas)", ""), ("(asas)", "00"), ("mas", "00"), ("mas", ""),
         ("()", "00"), ("()", "01"), ("()", ""), ("a()", "000000"), ("a()", "000100"), ("b", "02"), ("s", ""), ("s", "6162"),
         ("s", "ff00"), ("s", "610062"), ("s", "c08000"), ("s", "eda08000"), ("s", "f490808000"), ("s", "efbfbf00"),
         ("o", "2f2f00"), ("o", "2f6100"), ("o", "612f00"), ("o", ""), ("g", "7800"), ("g", "6100"), ("g", "2a00"), ("v", ""),
         ("v", "0079"), ("v", "056179"), ("v", "05006179"), ("v", "050079"), ("v", "00002a"), ("v", "000072"), ("v", "0500"),
         ("v", "002829"), ("v", "00002829"), ("ay", "616200"), ("ay", "610062"), ("ay", "2761270922ff7f00"),
         ("(yxy)", "01" + "00" * 23), ("(yxy)", "01" + "ff" * 23), ("(yxy)", "00" * 16), ("au", "0102030405"),
         ("as", "6100620004"), ("as", "6100620002"), ("as", "61006200ff04"), ("as", "610062000204"), ("as", "610062000402"),
         ("as", "610062000204" + "0000"), ("as", "00"), ("as", "0001"), ("aas", "0000"), ("a(say)", "61000102"),
         ("(sss)", "6100620063000402"), ("(sss)", "6100620063000204"), ("(sss)", "610062006300ff02"), ("{sv}", "610000000000000005007902"),
         ("(sayay)", "6100" + "0102" + "03" + "0402"), ("(s(yyyyxx)s)", "61000000ff"), ("a(y)", "0102"), ("(mymy)", "010201"),
         ("mmmb", "01"), ("mmmb", "0100"), ("mmmb", "010000"), ("mmmb", ""), ("mmmb", "00"), ("mmmb", "0000")]

TEXTS = ["5", "-5", "+5", "-+5", "+-5", "--5", "0x1F", "0X1f", "-0x1e", "0777", "09", "1e5", "1.", ".5", ".", "-", "inf", "-inf",
         "nan", "-nan", "infinity", "-infinity", "1inf", "1e400", "18446744073709551615", "18446744073709551616", "2147483648",
         "uint32 4294967295", "uint32 4294967296", "byte 0xff", "byte 256", "byte -1", "int16 -32768", "int16 -32769",
         "int64 -9223372036854775808", "int64 9223372036854775808", "uint64 18446744073709551615", "uint64 -1", "uint64 -0",
         "handle 3", "double 5", "double 0x10", "double 0x1p3", "double 1e", "double nan", "boolean true", "string 'x'",
         "objectpath '/a'", "objectpath 'a'", "signature 'a{sv}'", "signature '{'", "true", "false", "truex", "tru", "x", "[", "]", "",
         "   ", "[]", "@as []", "@a{sv} {}", "{}", "()", "(1)", "(1,)", "(1,2)", "(1,2,)", "(1,,2)", "[1,2,3]", "[1,]", "[,]", "[1 2]",
         "[1, 2.5]", "[1, 'a']", "[1, uint16 2]", "[byte 1, 2]", "[uint16 1, byte 2]", "[[], [1]]", "[(1, []), (2, ['x'])]", "[nothing, just 5]",
         "[nothing, 5]", "just 5", "nothing", "just nothing", "@mi nothing", "@mi 5", "@mmi just nothing", "@mmi nothing", "@mmmi 5",
         "@mmmi just nothing", "[just 5, nothing, just nothing]", "@ammi [nothing, just nothing, 5]", "<5>", "<[]>", "<@as []>", "<<'x'>>",
         "< 5 >", "<5", "<5,6>", "{'a': <5>}", "{'a', <5>}", "{'a': 1, 'b': 2}", "{'a': 1, 'b': 'c'}", "{1: 2, uint16 3: 4}", "{<1>: 2}", "{[1]: 2}",
         "{'a': 1,}", "{'a' 1}", "{,}", "[{'a', 1}, {'b', 2}]", "@a{sv} {'x': <1>, 'x': <2>}", "'abc'", "\"abc\"", "'it\\'s'", "\"it's\"",
         "'\\u00e4\\U0001f600'", "'\\u12'", "'\\u0000'", "'\\x'", "'a\\\nb'", "'\\a\\b\\f\\n\\r\\t\\v'", "'abc", "'abc\\", "'\\'", "b'abc'", "b\"it's\"",
         "b'\\377\\0\\1'", "b'a\\000b'", "b'\\8'", "b'ä'", "b'", "b''", "@ay b'x'", "@ay [1, 2]", "@s 5", "@i 'x'", "@i 5 6", "@i", "@", "@z 5", "@? 5",
         "@* 5", "@(ii) (1, 2)", "@(ii) (1, 2, 3)", "@(ii) (1,)", "@i nothing", "5 ", " 5", "\t5\n", "\v5", "5 6", "5;", "%i", "#", "int32 int64 5", "@x @i 5",
         "[@x 5, @i 6]", "[@x 5, 6]", "[<1>, <'a'>]", "@av [<1>, <'a'>]", "((((((1,),),),),),)", "0x", "0b1", "1_000", "1-2", "1.5.5", "[1, 2, 0x3, 04]",
         "b'x' ", "bytes", "byte", "just", "just just 5", "@mmi just just 5", "@mmi just 5", "[1.0, 2]", "[1, 2.0]", "{'k': nothing}", "{'k': just 1, 'l': nothing}",
         "[[1], [uint32 2]]", "[[[]], [[byte 1]]]", "[(1, 2), (byte 3, 4)]", "{0x10: 010}", "[" * 127 + "1" + "]" * 127, "[" * 128 + "1" + "]" * 128,
         "@" + "a" * 127 + "i []", "@" + "a" * 128 + "i []", "<" * 126 + "1" + ">" * 126, "(1, 'a', <@ai []>, [objectpath '/'], {uint64 1: 2.0})"]


def golden_questions():
    rnd = random.Random(20261125)
    for type_string, hexed in BYTES:
        yield "bytes\t%s\t%s" % (type_string, hexed)
    for text in TEXTS:
        yield "text\t-\t" + text.encode().hex()
    for text in ["5", "'x'", "[1, 2]", "nothing", "1.5", "{'a': <1>}", "(1, 'a')", "-1", "b'x'", "true", "[]", "{}", "<1>", "{1, 2}", "300"]:
        for wanted in ["y", "i", "u", "t", "d", "s", "o", "g", "ay", "ai", "mi", "mmi", "a{sv}", "(is)", "b", "v", "{yn}", "mas", "aad", "h"]:
            yield "text\t%s\t%s" % (wanted, text.encode().hex())
    for i in range(420):
        type_string = some_type(rnd, i % 4)
        question = "text\t%s\t%s" % (type_string, some_text(rnd, type_string).encode().hex())
        yield question
        result = answer(question)
        if result[0] == "ok" and len(result[2]) < 400:
            yield "bytes\t%s\t%s" % (type_string, result[2])
            yield "bytes\t%s\t%s" % (type_string, broken(rnd, bytes.fromhex(result[2])).hex())
            if i % 4:
                yield "bytes\t%s\t%s" % (type_string, broken(rnd, bytes.fromhex(result[2])).hex())


    # Sizes around the ones where offsets get wider: 255 and 65535 bytes, offsets included.
    for type_string in SIZED:
        count = 3 if type_string == "(sss)" else 2
        for limit in (255, 65535):
            for length in range(limit - 8 * count - 12, limit + 9):
                if type_string == "a{sv}":
                    length //= 2
                yield "size\t%s\t%s" % (type_string, ",".join([str(length - count + 1)] + [str(i) for i in range(1, count)]))


def glib_version():
    library = ctypes.CDLL("libglib-2.0.so.0")
    return ".".join(str(ctypes.c_uint.in_dll(library, "glib_%s_version" % part).value) for part in ("major", "minor", "micro"))


if sys.argv[1:] == ["golden"]:
    print("# GLib %s on a little-endian machine; made by glib_oracle.py" % glib_version())
    for asked in golden_questions():
        print("\t".join([asked] + answer(asked)))
else:
    for line in sys.stdin:
        print("\t".join(answer(line.rstrip("\n"))), flush=True)
