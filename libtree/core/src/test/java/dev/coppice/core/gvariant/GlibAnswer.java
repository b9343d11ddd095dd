package dev.coppice.core.gvariant;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about a GVariant and GLib's answer, in the tab-separated form of {@code
 * glib_oracle.py}; and our answer to the same question in the same form.
 */
record GlibAnswer(String kind, String type, String input, List<String> answer) {
  private static final HexFormat HEX = HexFormat.of();

  static GlibAnswer parse(String line) {
    List<String> fields = Arrays.asList(line.split("\t", -1));
    return new GlibAnswer(
        fields.get(0), fields.get(1), fields.get(2), fields.subList(3, fields.size()));
  }

  static String bytesQuestion(VariantType type, byte[] data) {
    return "bytes\t" + type + "\t" + HEX.formatHex(data);
  }

  static String textQuestion(@Nullable VariantType type, String text) {
    return "text\t"
        + (type == null ? "-" : type)
        + "\t"
        + HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What our codec answers. */
  List<String> ours() {
    return kind.equals("bytes") ? oursForBytes() : oursForText();
  }

  private List<String> oursForBytes() {
    Variant value = Variant.of(VariantType.of(type), HEX.parseHex(input));
    Variant swapped = value.byteswapped();
    // The same bytes, read in the other byte order, are the same value again.
    Variant other = Variant.of(value.type(), swapped.serialized(), ByteOrder.BIG_ENDIAN);
    if (!other.print(true).equals(value.print(true)) || !other.equals(value)) {
      return List.of("other byte order differs", other.print(true), value.print(true));
    }
    return List.of(
        value.isNormal() ? "1" : "0",
        value.print(true),
        value.print(false),
        HEX.formatHex(value.toNormal().serialized()),
        HEX.formatHex(swapped.serialized()));
  }

  private List<String> oursForText() {
    String text = new String(HEX.parseHex(input), StandardCharsets.UTF_8);
    try {
      Variant value = Variant.parseText(type.equals("-") ? null : VariantType.of(type), text);
      return List.of("ok", value.type().toString(), HEX.formatHex(value.serialized()));
    } catch (VariantParseException e) {
      return List.of("error", e.getMessage().substring(0, e.getMessage().indexOf(':')));
    }
  }
}
