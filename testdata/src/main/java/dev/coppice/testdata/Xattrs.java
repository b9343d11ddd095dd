package dev.coppice.testdata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Extended attributes of a whole tree, read by one run of {@code getfattr}. */
final class Xattrs {
  private static final String FILE = "# file: ";

  private Xattrs() {}

  /**
   * By path: the attributes as text, sorted, values in hexadecimal; no entry for a file without.
   */
  static Map<String, String> below(Path root) {
    Requirement.program("getfattr", "attr");
    List<String> lines =
        Programs.run(
                "getfattr",
                "-R",
                "-P",
                "-h",
                "-d",
                "-m",
                "-",
                "-e",
                "hex",
                "--absolute-names",
                root.toString())
            .ok()
            .lines();
    var result = new HashMap<String, String>();
    String file = "";
    var attributes = new TreeSet<String>();
    for (String line : lines) {
      if (line.startsWith(FILE)) {
        file = unescape(line.substring(FILE.length()));
        attributes.clear();
      } else if (line.isEmpty()) {
        result.put(file, " " + String.join(" ", attributes));
      } else {
        attributes.add(line);
      }
    }
    return result;
  }

  /** Names come with octal escapes for backslash, control and non-ASCII bytes. */
  private static String unescape(String text) {
    var bytes = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '\\' && i + 3 < raw.length) {
        bytes.write(Integer.parseInt(new String(raw, i + 1, 3, StandardCharsets.US_ASCII), 8));
        i += 3;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
