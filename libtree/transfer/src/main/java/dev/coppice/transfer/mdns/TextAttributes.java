package dev.coppice.transfer.mdns;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the strings of a TXT record say: keys with values. Keys are ASCII, of any case; of two with
 * the same key the first counts, and what has no key is ignored. Source: RFC 6763, section 6.
 */
public final class TextAttributes {
  private final Map<String, byte[]> values;

  private TextAttributes(Map<String, byte[]> values) {
    this.values = values;
  }

  /** The attributes in these strings. */
  public static TextAttributes of(List<byte[]> strings) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (byte[] bytes : strings) {
      String string = new String(bytes, StandardCharsets.ISO_8859_1);
      int equals = string.indexOf('=');
      String key = equals < 0 ? string : string.substring(0, equals);
      if (!key.isEmpty() && key.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
        byte[] value = string.substring(equals + 1).getBytes(StandardCharsets.ISO_8859_1);
        values.putIfAbsent(key.toLowerCase(Locale.ROOT), equals < 0 ? new byte[0] : value);
      }
    }
    return new TextAttributes(values);
  }

  /** The value of a key in lower case; one without a value has one of no bytes. */
  public Optional<byte[]> get(String key) {
    return Optional.ofNullable(values.get(key)).map(byte[]::clone);
  }
}
