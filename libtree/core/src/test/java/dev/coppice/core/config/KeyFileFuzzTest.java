package dev.coppice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.TreeException;
import dev.coppice.posix.PosixNames;

/** Whatever bytes are read as a key file: they are refused clearly, or written back stably. */
class KeyFileFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void parsesOrRefuses(byte[] bytes) {
    KeyFile file;
    try {
      file = KeyFile.parse(PosixNames.decode(bytes), "fuzz");
    } catch (TreeException refused) {
      assertThat(refused).hasMessageContaining("fuzz, line ");
      return;
    }
    String text = file.text();
    assertThat(KeyFile.parse(text, "fuzz").text()).isEqualTo(text);
    for (String group : file.groups()) {
      for (String key : file.keys(group)) {
        try {
          file.string(group, key);
          file.list(group, key);
          file.bool(group, key);
        } catch (ConfigException wrong) {
          assertThat(wrong.key()).isEqualTo(key);
        }
      }
    }
  }
}
