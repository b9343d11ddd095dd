package dev.coppice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What holds for all values that the format can hold. */
class KeyFilePropertyTest {
  /** NUL is refused. A form feed at the start is skipped as space, and has no escape, in GLib. */
  private static String storable(String value) {
    return value.replace("\0", "").replace("\f", "");
  }

  @Property(tries = 300)
  void stringsComeBack(@ForAll @StringLength(max = 40) String value) {
    String text = storable(value);
    KeyFile file = KeyFile.empty("x").with("g", "k", text);
    assertThat(KeyFile.parse(file.text(), "x").string("g", "k")).contains(text);
  }

  @Property(tries = 300)
  void listsComeBack(@ForAll @Size(max = 5) List<@StringLength(max = 10) String> values) {
    List<String> texts = values.stream().map(KeyFilePropertyTest::storable).toList();
    KeyFile file = KeyFile.empty("x").with("g", "k", texts);
    assertThat(KeyFile.parse(file.text(), "x").list("g", "k")).contains(texts);
  }
}
