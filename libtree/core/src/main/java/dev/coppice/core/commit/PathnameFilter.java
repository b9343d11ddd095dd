package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Changes the paths of archive entries: a regular expression and what replaces each match.
 *
 * <p>The replacement has the escapes of {@code g_regex_replace}: {@code \1}, {@code \g<NAME>},
 * {@code \0} and the case changes {@code \l}, {@code \U} and their like.
 *
 * @param pattern what is replaced
 * @param replacement what replaces it
 */
public record PathnameFilter(Pattern pattern, String replacement) {
  /**
   * Reads {@code REGEX,REPLACEMENT}; the first comma divides.
   *
   * @throws Failure when there is no comma, or one of both cannot be read
   */
  public static PathnameFilter parse(String text) {
    int comma = text.indexOf(',');
    if (comma < 0) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Missing ',' in --tar-pathname-filter",
          "Write REGEX,REPLACEMENT, for example '^etc,usr/etc'.");
    }
    String replacement = text.substring(comma + 1);
    try {
      var filter = new PathnameFilter(Pattern.compile(text.substring(0, comma)), replacement);
      Replacement.check(replacement);
      return filter;
    } catch (PatternSyntaxException e) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "--tar-pathname-filter: Error while compiling regular expression "
              + e.getPattern()
              + " at char "
              + Math.max(e.getIndex(), 0)
              + ": "
              + e.getDescription(),
          "See the man page for the form of expressions.",
          e);
    }
  }

  /** The path with every match replaced. */
  String apply(String path) {
    Matcher matcher = pattern.matcher(path);
    var result = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      result.append(path, end, matcher.start());
      Replacement.append(replacement, matcher, result);
      end = matcher.end();
    }
    return result.append(path, end, path.length()).toString();
  }
}
