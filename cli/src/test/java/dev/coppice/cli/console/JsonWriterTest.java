package dev.coppice.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private static String written(Consumer<JsonWriter> document) {
    var bytes = new ByteArrayOutputStream();
    var output = new Output(bytes);
    document.accept(new JsonWriter(output));
    try {
      output.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesNestedDocuments() {
    String json =
        written(
            w ->
                w.object()
                    .field("name", "a")
                    .field("size", 12L)
                    .field("list", List.of("x", "y"))
                    .field("none", List.of())
                    .array("rows")
                    .object()
                    .field("ok", true)
                    .end()
                    .object()
                    .end()
                    .end()
                    .name("nothing")
                    .nothing()
                    .end());
    assertThat(json)
        .isEqualTo(
            """
            {
              "name": "a",
              "size": 12,
              "list": [
                "x",
                "y"
              ],
              "none": [],
              "rows": [
                {
                  "ok": true
                },
                {}
              ],
              "nothing": null
            }
            """);
  }

  @Test
  void escapesWhatJsonForbids() {
    assertThat(written(w -> w.value("q\" b\\ \n\t\r\u0001\u007f é 😀 \uDCFF\uD800")))
        .isEqualTo("\"q\\\" b\\\\ \\n\\t\\r\\u0001\\u007f é 😀 \\udcff\\ud800\"\n");
  }
}
