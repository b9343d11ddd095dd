package dev.coppice.core.config;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;

/** A value in a key file that is not of the kind its key asks for. */
public final class ConfigException extends TreeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final String group;
  private final String key;
  private final String value;

  /**
   * @param source the file, as users know it
   * @param expected what the value should have been, for example {@code a boolean (true or false)}
   */
  public ConfigException(String source, String group, String key, String value, String expected) {
    super(
        ErrorCode.CONFIG_INVALID,
        source + ": [" + group + "] " + key + "=" + value + ": expected " + expected,
        "Correct or remove the key “" + key + "” in " + source,
        null);
    this.source = source;
    this.group = group;
    this.key = key;
    this.value = value;
  }

  /** The file. */
  public String source() {
    return source;
  }

  /** The group the key is in. */
  public String group() {
    return group;
  }

  /** The key. */
  public String key() {
    return key;
  }

  /** The value as it stands in the file, escapes included. */
  public String value() {
    return value;
  }
}
