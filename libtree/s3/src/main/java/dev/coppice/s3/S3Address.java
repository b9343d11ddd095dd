package dev.coppice.s3;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where objects go.
 *
 * @param prefix in front of each path, without a slash at its ends; may be empty
 */
record S3Address(String bucket, String prefix) {
  /** Names of buckets as Amazon allows them. */
  private static final Pattern ADDRESS =
      Pattern.compile("s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?<path>/.*)?");

  /**
   * Reads {@code s3://BUCKET/PREFIX}.
   *
   * @throws Failure with {@link ErrorCode#URL_INVALID}
   */
  static S3Address parse(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "Invalid address '" + text + "'",
          "Write it as s3://BUCKET/PREFIX; names of buckets are small letters, digits, dots and"
              + " dashes.");
    }
    String path = matcher.group("path");
    String prefix = path == null ? "" : path.replaceAll("^/+|/+$", "");
    return new S3Address(matcher.group("bucket"), prefix);
  }

  /** The key of a path. */
  String key(String path) {
    return prefix.isEmpty() ? path : prefix + "/" + path;
  }

  /** The path of a key. */
  String path(String key) {
    return prefix.isEmpty() ? key : key.substring(prefix.length() + 1);
  }

  @Override
  public String toString() {
    return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }
}
