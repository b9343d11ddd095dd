package dev.coppice.core.gvariant;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    return switch (kind) {
      case "bytes" -> oursForBytes();
      case "text" -> oursForText();
      default -> oursForSize();
    };
  }

  private List<String> oursForSize() {
    VariantType whole = VariantType.of(type);
    var writer = new VariantWriter(whole);
    boolean maybe = whole.isMaybe();
    if (maybe) {
      writer.beginMaybe();
    }
    VariantType container = maybe ? whole.element() : whole;
    if (container.isTuple()) {
      writer.beginTuple();
    } else {
      writer.beginArray();
    }
    for (String length : input.split(",", -1)) {
      VariantType each = container.isTuple() ? VariantType.STRING : container.element();
      writeHolding(each, "x".repeat(Integer.parseInt(length)), writer);
    }
    writer.end();
    if (maybe) {
      writer.end();
    }
    byte[] bytes = writer.toByteArray();
    if (!Variant.of(whole, bytes).isNormal()) {
      return List.of("not normal");
    }
    return List.of(Integer.toString(bytes.length), HEX.formatHex(sha256(bytes)));
  }

  private static void writeHolding(VariantType each, String text, VariantWriter writer) {
    switch (each.kind()) {
      case 's' -> writer.putString(text);
      case 'v' -> writer.beginVariant(VariantType.STRING).putString(text).end();
      case 'a' -> writer.beginArray().putString(text).end();
      case '{' ->
          writer
              .beginDictEntry()
              .putString(text)
              .beginVariant(VariantType.STRING)
              .putString(text)
              .end()
              .end();
      default -> {
        writer.beginTuple().putString(text);
        if (each.member(1).kind() == 'y') {
          writer.putByte(7).end();
        } else {
          writer.putInt64(7).end();
        }
      }
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
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
