package dev.coppice.core.config;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.time.TimeSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A section {@code [WORD "NAME"]} of a file that has no other sections, with keys that are all
 * known: what is not what somebody thinks it is does harm.
 *
 * @param name of the section
 */
public record NamedSection(KeyFile file, Form form, String name) {
  /**
   * What sections a file has.
   *
   * @param word that they begin with
   * @param keys that they may have
   * @param needed what they must have, for a message: {@code the key repo}
   * @param page of the manual
   */
  public record Form(String word, Set<String> keys, String needed, String page) {}

  /**
   * Reads all sections of a file, in their order.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} that names section and key
   */
  public static List<NamedSection> read(Path path, Form form) throws IOException {
    KeyFile file = KeyFile.read(path);
    var sections = new ArrayList<NamedSection>();
    String start = form.word() + " \"";
    for (String group : file.groups()) {
      boolean known =
          group.startsWith(start) && group.endsWith("\"") && group.length() > start.length() + 1;
      if (!known) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            path + ": section [" + group + "] is not known",
            "Sections are named [" + start + "NAME\"].");
      }
      String name = group.substring(start.length(), group.length() - 1);
      var section = new NamedSection(file, form, name);
      section.requireKnownKeys();
      sections.add(section);
    }
    if (sections.isEmpty()) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          path + " describes no " + form.word(),
          "Add a section [" + start + "NAME\"] with " + form.needed() + ".");
    }
    return sections;
  }

  private void requireKnownKeys() {
    for (String key : file.keys(group())) {
      if (!form.keys().contains(key)) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            place() + " has the key '" + key + "', which is not known",
            "See " + form.page() + " for the keys there are.");
      }
    }
  }

  private String group() {
    return form.word() + " \"" + name + "\"";
  }

  private String place() {
    return file.source() + ": " + form.word() + " " + name;
  }

  /** The value of a key that must be there. */
  public String require(String key) {
    return file.require(group(), key);
  }

  /** The value of a key. */
  public Optional<String> string(String key) {
    return file.string(group(), key);
  }

  /** The values of a key; none if it is not there. */
  public List<String> list(String key) {
    return file.list(group(), key).orElse(List.of());
  }

  /** The truth of a key. */
  public boolean bool(String key, boolean fallback) {
    return file.bool(group(), key, fallback);
  }

  /** The number of a key. */
  public Optional<Integer> integer(String key) {
    return file.integer(group(), key);
  }

  /** The time span of a key. */
  public Optional<Duration> span(String key) {
    Optional<String> text = string(key);
    if (text.isPresent() && TimeSpan.read(text.get()).isEmpty()) {
      throw wrong(key, text.get(), "a time span such as 90s, 10min, 1h or 7d");
    }
    return text.flatMap(TimeSpan::read);
  }

  /** The failure when a value is not what it must be. */
  public Failure wrong(String key, String value, String expected) {
    return new Failure(
        ErrorCode.CONFIG_INVALID,
        place() + ": " + key + "='" + value + "' is not " + expected,
        "See " + form.page() + ".");
  }
}
