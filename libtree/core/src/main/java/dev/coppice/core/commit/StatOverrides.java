package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A list of modes for paths: lines {@code NUMBER PATH} add bits, lines {@code =NUMBER PATH} replace
 * all permissions.
 *
 * <p>Numbers are those of {@code strtod}: decimal unless they start with {@code 0x}, never octal.
 * Source: {@code handle_statoverride_line}.
 *
 * @param additions bits to set, by path
 * @param replacements permissions to have, by path
 */
public record StatOverrides(Map<String, Integer> additions, Map<String, Integer> replacements) {
  /** Copies the maps. */
  public StatOverrides {
    additions = Map.copyOf(additions);
    replacements = Map.copyOf(replacements);
  }

  /**
   * Reads the text of a file.
   *
   * @throws Failure when a line has no space
   */
  public static StatOverrides parse(String text) {
    var additions = new LinkedHashMap<String, Integer>();
    var replacements = new LinkedHashMap<String, Integer>();
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "Malformed statoverride file (no space found)",
            "Write a number, a space and an absolute path in each line, for example '2048"
                + " /usr/bin/su'; this line has none: "
                + line);
      }
      String path = line.substring(space + 1);
      if (line.startsWith("=")) {
        replacements.put(path, CNumber.toInt(line.substring(1)));
      } else {
        additions.put(path, CNumber.toInt(line));
      }
    }
    return new StatOverrides(additions, replacements);
  }
}
