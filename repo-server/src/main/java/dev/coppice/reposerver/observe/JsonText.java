package dev.coppice.reposerver.observe;

import java.util.Locale;

/** Texts in JSON. */
public final class JsonText {
  private JsonText() {}

  /**
   * Writes a text with its quotes. Control characters are escaped, and halves of characters, which
   * names of files in a hostile tree may have one by one.
   */
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        if (c == '"' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      }
    }
    out.append('"');
  }
}
