package dev.coppice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What holds for all values. */
class KeyFilePropertyTest {
  @Property(tries = 300)
  void stringsComeBack(@ForAll @StringLength(max = 40) String value) {
    String text = value.replace("\0", "");
    KeyFile file = KeyFile.empty("x").with("g", "k", text);
    assertThat(KeyFile.parse(file.text(), "x").string("g", "k")).contains(text);
  }

  @Property(tries = 300)
  void listsComeBack(@ForAll @Size(max = 5) List<@StringLength(max = 10) String> values) {
    List<String> texts = values.stream().map(value -> value.replace("\0", "")).toList();
    KeyFile file = KeyFile.empty("x").with("g", "k", texts);
    assertThat(KeyFile.parse(file.text(), "x").list("g", "k")).contains(texts);
  }
}
