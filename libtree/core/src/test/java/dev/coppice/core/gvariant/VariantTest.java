package dev.coppice.core.gvariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {
  private static final VariantType DIRTREE = VariantType.of("(a(say)a(sayay))");

  @Test
  void buildersAndAccessorsAgree() {
    assertThat(Variant.ofBoolean(true).asBoolean()).isTrue();
    assertThat(Variant.ofByte(0xfe).asByte()).isEqualTo(0xfe);
    assertThat(Variant.ofInt16(-2).asInt16()).isEqualTo((short) -2);
    assertThat(Variant.ofUint16(0xfffe).asUint16()).isEqualTo(0xfffe);
    assertThat(Variant.ofInt32(-2).asInt32()).isEqualTo(-2);
    assertThat(Variant.ofHandle(3).asInt32()).isEqualTo(3);
    assertThat(Variant.ofUint32(0xfffffffeL).asUint32()).isEqualTo(0xfffffffeL);
    assertThat(Variant.ofInt64(Long.MIN_VALUE).asInt64()).isEqualTo(Long.MIN_VALUE);
    assertThat(Variant.ofUint64(-1).asUint64()).isEqualTo(-1);
    assertThat(Variant.ofDouble(-0.5).asDouble()).isEqualTo(-0.5);
    assertThat(Variant.ofString("Grün").asString()).isEqualTo("Grün");
    assertThat(Variant.ofObjectPath("/a").asString()).isEqualTo("/a");
    assertThat(Variant.ofSignature("a{sv}").asString()).isEqualTo("a{sv}");
    assertThat(Variant.ofBytes(new byte[] {1, 0, 2}).asBytes()).containsExactly(1, 0, 2);
    assertThat(Variant.ofByteString(new byte[] {'a', 'b'}).asBytes()).containsExactly('a', 'b', 0);
    assertThat(Variant.ofByteString(new byte[] {'a', 'b'}).asByteString())
        .containsExactly('a', 'b');
    assertThat(Variant.ofBytes(new byte[] {'a'}).asByteString()).isEmpty();
    assertThat(Variant.strings(List.of("a", "b")).asStrings()).containsExactly("a", "b");
    assertThat(Variant.boxed(Variant.ofByte(7)).unbox().asByte()).isEqualTo(7);
    assertThat(Variant.just(Variant.ofByte(7)).child(0).asByte()).isEqualTo(7);
    assertThat(Variant.maybe(VariantType.BYTE, null).childCount()).isZero();
    assertThat(Variant.array(VariantType.UINT32, List.of(Variant.ofUint32(5))).print(true))
        .isEqualTo("[uint32 5]");
    assertThat(Variant.dictEntry(Variant.ofString("k"), Variant.ofInt32(1)).print(true))
        .isEqualTo("{'k', 1}");
    assertThat(Variant.tuple(Variant.ofInt32(1), Variant.ofString("x"))).hasToString("(1, 'x')");
    assertThat(Variant.tuple().serialized()).containsExactly(0);
  }

  @Test
  void dictionariesKeepTheirOrder() {
    Variant dict =
        VariantDict.builder()
            .put("b", Variant.ofInt32(1))
            .put("a", Variant.ofString("x"))
            .put("c", Variant.ofBoolean(true))
            .build();
    assertThat(dict.print(true)).isEqualTo("{'b': <1>, 'a': <'x'>, 'c': <true>}");
    Variant edited =
        VariantDict.of(dict).put("a", Variant.ofUint32(2)).remove("b").put("z", dict).build();
    assertThat(edited.print(false))
        .isEqualTo("{'a': <uint32 2>, 'c': <true>, 'z': <{'b': <1>, 'a': <'x'>, 'c': <true>}>}");
    assertThat(edited.lookup("a").orElseThrow().asUint32()).isEqualTo(2);
    assertThat(edited.lookup("a", VariantType.STRING)).isEmpty();
    assertThat(edited.lookup("b")).isEmpty();
    assertThat(VariantDict.builder().isEmpty()).isTrue();
    assertThat(VariantDict.builder().build().print(true)).isEqualTo("@a{sv} {}");
    assertThat(Variant.parseText(null, "{'k': 5}").lookup("k").orElseThrow().asInt32())
        .isEqualTo(5);
  }

  @Test
  void ofSeveralEntriesWithOneKeyTheFirstCounts() {
    Variant twice = Variant.parseText(VariantType.DICTIONARY, "{'x': <1>, 'x': <2>}");
    assertThat(twice.lookup("x")).contains(Variant.ofInt32(1));
    assertThat(VariantDict.of(twice).build().print(false)).isEqualTo("{'x': <1>}");
  }

  @Test
  void writerStreamsADirtree() {
    byte[] checksum = new byte[32];
    var writer = new VariantWriter(DIRTREE, 4096);
    writer.beginTuple().beginArray();
    for (String name : List.of("a", "b")) {
      writer.beginTuple().putString(name).putBytes(checksum).end();
    }
    writer.end().beginArray().beginTuple().putString("d");
    Variant tree = writer.putBytes(checksum).putBytes(checksum).end().end().end().toVariant();
    assertThat(tree.child(0).childCount()).isEqualTo(2);
    assertThat(tree.child(0).child(1).child(0).asString()).isEqualTo("b");
    assertThat(tree.child(1).child(0).child(2).asBytes()).isEqualTo(checksum);
    assertThat(Variant.parseText(DIRTREE, tree.print(false))).isEqualTo(tree);
  }

  @Test
  void writerRefusesWhatDoesNotBelong() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new VariantWriter(VariantType.STRING).putByte(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> new VariantWriter(VariantType.STRING).toByteArray());
    assertThatIllegalStateException()
        .isThrownBy(() -> new VariantWriter(DIRTREE).beginTuple().end());
    assertThatIllegalStateException()
        .isThrownBy(() -> new VariantWriter(VariantType.UNIT).beginTuple().putByte(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> new VariantWriter(VariantType.BYTE).putByte(1).putByte(2));
    assertThatIllegalStateException()
        .isThrownBy(() -> new VariantWriter(VariantType.BYTES).put(Variant.ofString("")));
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new VariantWriter(VariantType.VARIANT).beginVariant(VariantType.BYTE).end());
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new VariantWriter(VariantType.of("my")).beginMaybe().putByte(1).putByte(2).end());
    assertThatIllegalStateException().isThrownBy(() -> new VariantWriter(VariantType.BYTE).end());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\ud800", "\udc00x", "x\ud800"})
  void stringsThatNoUtf8CanHoldAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Variant.ofString(text));
  }

  @Test
  void pathsAndSignaturesAreChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> Variant.ofObjectPath("a"));
    assertThatIllegalArgumentException().isThrownBy(() -> Variant.ofSignature("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "z", "(", ")", "(i", "{si", "{ss}s", "{vs}", "{(i)s}", "ii", "r", "*", "?", "a*",
        "m", "{s}", "{}", "é", "a\0"
      })
  void wrongTypesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> VariantType.of(text));
  }

  @Test
  void typesNestAsDeepAsGlibs() {
    assertThat(VariantType.of("a".repeat(128) + "i").depth()).isEqualTo(129);
    assertThatIllegalArgumentException().isThrownBy(() -> VariantType.of("a".repeat(129) + "i"));
  }

  @Test
  void typesTellAboutThemselves() {
    VariantType type = VariantType.of("a{s(yxm(nb))}");
    assertThat(type.isDictionary()).isTrue();
    assertThat(type.element().key()).isSameAs(VariantType.STRING);
    VariantType tuple = type.element().value();
    assertThat(tuple.memberCount()).isEqualTo(3);
    assertThat(tuple.member(2).element().fixedSize()).isEqualTo(4);
    assertThat(tuple.alignment()).isEqualTo(8);
    assertThat(tuple.isFixedSize()).isFalse();
    assertThat(VariantType.of("(yx)").fixedSize()).isEqualTo(16);
    assertThat(VariantType.of("(xy)").fixedSize()).isEqualTo(16);
    assertThat(VariantType.UNIT.fixedSize()).isEqualTo(1);
    assertThat(VariantType.tupleOf(List.of(type, tuple)))
        .isEqualTo(VariantType.of("(" + type + tuple + ")"));
    assertThatIllegalStateException().isThrownBy(type::key);
    assertThatIllegalStateException().isThrownBy(tuple::element);
  }

  @Test
  void wrongAccessorsAndIndexesAreMistakesOfTheCaller() {
    assertThatIllegalStateException().isThrownBy(() -> Variant.ofByte(1).asString());
    assertThatIllegalStateException().isThrownBy(() -> Variant.ofByte(1).lookup("x"));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Variant.strings(List.of()).child(0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Variant.tuple().child(0));
  }

  @Test
  void nestedBoxesEndAtGlibsDepth() {
    Variant value = Variant.ofByte(1);
    for (int i = 0; i < 200; i++) {
      value = Variant.boxed(value);
    }
    Variant read = Variant.of(VariantType.VARIANT, value.serialized());
    assertThat(read.isNormal()).isFalse();
    int depth = 0;
    while (read.type().isVariant()) {
      read = read.unbox();
      depth++;
    }
    assertThat(read.type()).isEqualTo(VariantType.UNIT);
    assertThat(depth).isEqualTo(128);
  }

  @Test
  void fewHostileBytesDoNotFillTheMemory() {
    // Ten thousand empty elements, each of which stands for a default value of a megabyte.
    String member = "(" + "x".repeat(1 << 17) + ")";
    VariantType type = VariantType.of("a(s" + member + ")");
    byte[] bytes = new byte[20_000];
    bytes[19_998] = 0;
    Variant value = Variant.of(type, bytes);
    assertThat(value.childCount()).isEqualTo(10_000);
    assertThat(value.child(9_999).child(1).child(77).asInt64()).isZero();
    assertThat(value.isNormal()).isFalse();
    assertThatExceptionOfType(VariantSizeException.class).isThrownBy(value::toNormal);
    assertThatExceptionOfType(VariantSizeException.class).isThrownBy(() -> value.print(false));
    assertThat(value.toString()).hasSizeLessThan(300);
  }

  @Test
  void equalityLooksThroughByteOrderAndBrokenFraming() {
    Variant value = Variant.of(VariantType.of("as"), HexFormat.of().parseHex("6100620002"));
    assertThat(value).isNotEqualTo(Variant.strings(List.of("a", "b")));
    Variant broken = Variant.of(VariantType.of("as"), HexFormat.of().parseHex("6100ff0204"));
    List<Variant> list = new ArrayList<>(List.of(broken));
    assertThat(list).doesNotContain(value);
    assertThat(Variant.of(VariantType.BOOLEAN, new byte[] {2})).isEqualTo(Variant.ofBoolean(true));
    assertThat(Variant.of(VariantType.INT32, new byte[] {1})).isEqualTo(Variant.ofInt32(0));
  }

  @Test
  void parseErrorsTellTheirPlace() {
    assertThatExceptionOfType(VariantParseException.class)
        .isThrownBy(() -> Variant.parseText(null, "[1, 'a']"))
        .satisfies(
            e -> {
              assertThat(e.start()).isEqualTo(4);
              assertThat(e.end()).isEqualTo(7);
              assertThat(e).hasMessage("1-2,4-7:unable to find a common type");
            });
    assertThatExceptionOfType(VariantParseException.class)
        .isThrownBy(() -> Variant.parseText(null, "'\udc80'"))
        .withMessage("0-3:not a valid Unicode string");
  }

  @Test
  void bytesThatAreNotUtf8SurviveInByteStrings() {
    Variant value = Variant.parseText(null, "b'\udcff\u00e4'");
    assertThat(value.asByteString()).containsExactly(0xff, 0xc3, 0xa4);
    assertThat(value.print(true)).isEqualTo("b'\\377\\303\\244'");
    assertThat(new String(value.asBytes(), StandardCharsets.ISO_8859_1)).endsWith("\0");
  }

  @Test
  void doublesTooSmallForFullPrecisionReadBack() {
    String text = Variant.ofDouble(Double.MIN_VALUE).print(true);
    assertThat(text).isEqualTo("4.9406564584124654e-324");
    assertThat(Variant.parseText(null, text).asDouble()).isEqualTo(Double.MIN_VALUE);
  }
}
