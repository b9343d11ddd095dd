package dev.coppice.core.gvariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every value, and what holds for any bytes. */
class VariantPropertiesTest {
  @Property
  void everyTypeParsesBack(@ForAll long seed) {
    VariantType type = new RandomVariants(seed).type();
    VariantType same = VariantType.of(type.toString());
    assertThat(same).isEqualTo(type).hasSameHashCodeAs(type);
    assertThat(same.fixedSize()).isEqualTo(type.fixedSize());
  }

  @Property
  void whatIsWrittenIsNormalAndReadsBack(@ForAll long seed) {
    var random = new RandomVariants(seed);
    Variant value = random.value(random.type());
    Variant read = Variant.of(value.type(), value.serialized());
    assertThat(read.isNormal()).isTrue();
    assertThat(read).isEqualTo(value).hasSameHashCodeAs(value);
    assertThat(NormalForm.of(read, ByteOrder.LITTLE_ENDIAN).serialized())
        .isEqualTo(value.serialized());
  }

  @Property
  void placeInTheArrayDoesNotMatter(@ForAll long seed) {
    var random = new RandomVariants(seed);
    Variant value = random.value(random.type());
    byte[] bytes = random.broken(value.serialized());
    byte[] around = new byte[bytes.length + 11];
    Arrays.fill(around, (byte) 0xa5);
    System.arraycopy(bytes, 0, around, 7, bytes.length);
    assertThat(Variant.of(value.type(), around, 7, bytes.length).print(true))
        .isEqualTo(Variant.of(value.type(), bytes).print(true));
  }

  @Property
  void swappingTwiceGivesTheValueBack(@ForAll long seed) {
    var random = new RandomVariants(seed);
    Variant value = random.value(random.type());
    assertThat(value.byteswapped().byteswapped()).isEqualTo(value);
    Variant big = value.inOrder(ByteOrder.BIG_ENDIAN);
    assertThat(big).isEqualTo(value).hasSameHashCodeAs(value);
    assertThat(big.isNormal()).isTrue();
    assertThat(big.print(true)).isEqualTo(value.print(true));
    assertThat(Variant.boxed(big)).isEqualTo(Variant.boxed(value));
  }

  @Property
  void textReadsBack(@ForAll long seed) {
    var random = new RandomVariants(seed);
    Variant value = random.value(random.type());
    assertThat(Variant.parseText(value.type(), value.print(false))).isEqualTo(value);
    assertThat(Variant.parseText(null, value.print(true))).isEqualTo(value);
  }

  @Property
  void anyBytesHaveANormalFormThatMeansTheSame(@ForAll long seed) {
    var random = new RandomVariants(seed);
    Variant value = random.value(random.type());
    Variant broken = Variant.of(value.type(), random.broken(value.serialized()));
    Variant normal = broken.toNormal();
    assertThat(normal.print(true)).isEqualTo(broken.print(true));
    assertThat(Variant.of(value.type(), normal.serialized()).isNormal()).isTrue();
    assertThat(normal).isEqualTo(broken).hasSameHashCodeAs(broken);
  }

  @Property
  void cursorsSeeWhatChildrenAre(@ForAll long seed) {
    var random = new RandomVariants(seed);
    VariantType type = VariantType.of("a(saytas)");
    byte[] bytes = random.broken(random.value(type).serialized());
    var elements = new ArrayFraming(type.element(), bytes).at(0, bytes.length);
    var members = new TupleFraming(type.element(), bytes);
    int index = 0;
    for (Variant element : Variant.of(type, bytes).children()) {
      elements.select(index++);
      members.at(elements.start(), elements.end() - elements.start());
      for (int m = 0; m < 4; m++) {
        members.select(m);
        VariantType member = type.element().member(m);
        assertThat(Variant.of(member, bytes, members.start(), members.end() - members.start()))
            .isEqualTo(element.child(m));
      }
    }
    assertThat(elements.count()).isEqualTo(index);
  }
}
