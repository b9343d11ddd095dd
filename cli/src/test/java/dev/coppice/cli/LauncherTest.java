package dev.coppice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with a java program that prints how it was called. */
class LauncherTest {
  private static final String SHORT = "-XX:short -XX:quick";
  private static final String LONG = "-XX:long";

  @TempDir Path directory;

  private Path dist;

  @BeforeEach
  void layOut() throws IOException {
    dist = directory.resolve("the dist");
    Files.createDirectories(dist.resolve("bin"));
    Files.createDirectories(dist.resolve("lib"));
    Files.createFile(dist.resolve("lib/c.aot"));
    String script =
        (Files.readString(Path.of("src/dist/launcher.sh"))
                + Files.readString(Path.of("src/dist/command.sh")))
            .replace("@RUNTIME@", "\"25.0.9+1\"")
            .replace("@JAVA_HOME@", directory.resolve("built").toString())
            .replace("@JAR@", "c.jar")
            .replace("@CACHE@", "c.aot")
            .replace("@SHORT@", "'" + SHORT + "'")
            .replace("@CALLS@", "'-XX:calls'")
            .replace("@NETWORK@", "'-XX:network'")
            .replace("@HEAVY@", "'-XX:heavy'")
            .replace("@LONG@", "'" + LONG + "'");
    assertThat(script).doesNotContainPattern("@[A-Z_]+@");
    executable(dist.resolve("bin/coppice"), script);
    executable(dist.resolve("bin/ostree"), script);
    jdk("built", "25.0.9");
    jdk("newer", "26");
    jdk("older", "17.0.1");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    executable(
        home.resolve("bin/java"),
        "#!/bin/sh\necho " + name + " LC_ALL=$LC_ALL\nfor a; do echo \"<$a>\"; done\nexit 3\n");
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"X\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nJAVA_VERSION=\"%s\"\nLIBC=\"gnu\"\n"
            .formatted(version, version));
  }

  private String launch(Path program, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("/bin/sh", program.toString());
    builder.command().addAll(java.util.List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(3);
    return output;
  }

  @Test
  void passesArgumentsAndCacheAndTheNameByWhichItWasCalled() throws Exception {
    String output = launch(dist.resolve("bin/ostree"), Map.of(), "refs", "a b", "", "*");
    assertThat(output)
        .startsWith("built LC_ALL=C.UTF-8\n<-XX:AOTCache=" + dist + "/bin/../lib/c.aot>\n")
        .contains("<-XX:short>\n<-XX:quick>\n<-Dcoppice.name=ostree>\n")
        .endsWith("<-jar>\n<" + dist + "/bin/../lib/c.jar>\n<refs>\n<a b>\n<>\n<*>\n");
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path ostree = Files.createSymbolicLink(bin.resolve("ostree"), dist.resolve("bin/coppice"));
    Path chained = Files.createSymbolicLink(bin.resolve("any"), Path.of("ostree"));
    assertThat(launch(ostree, Map.of()))
        .contains("<-Dcoppice.name=ostree>")
        .contains("<" + dist + "/bin/../lib/c.jar>");
    assertThat(launch(chained, Map.of())).contains("<-Dcoppice.name=coppice>");
  }

  @Test
  void longCommandsGetTheGoodCompiler() throws Exception {
    Path coppice = dist.resolve("bin/coppice");
    assertThat(launch(coppice, Map.of(), "--repo=r", "commit")).contains("<-XX:long>");
    assertThat(launch(coppice, Map.of(), "refs", "commit")).contains("<-XX:quick>");
    assertThat(launch(coppice, Map.of(), "--repo=r", "checkout")).contains("<-XX:calls>");
    assertThat(launch(coppice, Map.of(), "--repo=r", "pull")).contains("<-XX:network>");
    assertThat(launch(coppice, Map.of(), "--repo=r", "static-delta", "generate", "x"))
        .contains("<-XX:heavy>");
    assertThat(launch(coppice, Map.of(), "deltas", "publish", "x")).contains("<-XX:heavy>");
    assertThat(launch(coppice, Map.of(), "--repo=r", "static-delta", "list"))
        .contains("<-XX:quick>");
    assertThat(launch(coppice, Map.of(), "--version")).contains("<-XX:quick>");
  }

  @Test
  void takesTheRightJavaAndNoCacheOfAnother() throws Exception {
    Path coppice = dist.resolve("bin/coppice");
    String newer = directory.resolve("newer").toString();
    assertThat(launch(coppice, Map.of("JAVA_HOME", newer)))
        .startsWith("newer ")
        .contains("<-Xshare:auto>")
        .doesNotContain("AOTCache");
    String older = directory.resolve("older").toString();
    assertThat(launch(coppice, Map.of("JAVA_HOME", older))).startsWith("built ");
    assertThat(launch(coppice, Map.of("COPPICE_JAVA", older + "/bin/java"))).startsWith("older ");
    assertThat(launch(coppice, Map.of("COPPICE_JAVA_OPTIONS", "-Xmx1g -ea")))
        .contains("<-Xmx1g>\n<-ea>\n");
    Files.delete(dist.resolve("lib/c.aot"));
    assertThat(launch(coppice, Map.of())).contains("<-Xshare:auto>").doesNotContain("AOTCache");
  }

  @Test
  void leavesALocaleWithUtf8Alone() throws Exception {
    Path coppice = dist.resolve("bin/coppice");
    assertThat(launch(coppice, Map.of("LANG", "de_DE.UTF-8"))).startsWith("built LC_ALL=\n");
    assertThat(launch(coppice, Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "C")))
        .startsWith("built LC_ALL=C.UTF-8\n");
  }
}
