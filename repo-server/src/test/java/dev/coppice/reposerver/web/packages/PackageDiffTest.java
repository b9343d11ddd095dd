package dev.coppice.reposerver.web.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageDiffTest {
  @Test
  void addedRemovedUpgradedDowngraded() {
    assertThat(
            diff(
                List.of("same 1 all", "gone 1 all", "up 1.9 all", "down 2 all"),
                List.of("same 1 all", "new 1 all", "up 1.10 all", "down 1 all")))
        .containsExactly(
            "DOWNGRADED down 2 → 1",
            "REMOVED gone 1 → ",
            "ADDED new  → 1",
            "UPGRADED up 1.9 → 1.10");
  }

  @Test
  void architecturesChangeSideBySide() {
    assertThat(diff(List.of("lib 1 amd64", "lib 1 i386"), List.of("lib 2 amd64", "lib 1 i386")))
        .containsExactly("UPGRADED lib 1 → 2");
    assertThat(diff(List.of("lib 1 amd64", "lib 1 i386"), List.of("lib 2 amd64", "lib 2 i386")))
        .containsExactly("UPGRADED lib 1 → 2", "UPGRADED lib 1 → 2");
  }

  @Test
  void anotherArchitectureIsNoOtherPackage() {
    assertThat(diff(List.of("tool 1 all"), List.of("tool 1 amd64")))
        .containsExactly("REPLACED tool 1 → 1");
    assertThat(diff(List.of("tool 1 all"), List.of("tool 2 amd64")))
        .containsExactly("UPGRADED tool 1 → 2");
  }

  @Test
  void ofSeveralVersionsNobodyKnowsWhichReplacedWhich() {
    assertThat(
            diff(
                List.of("kernel 5 x86_64", "kernel 10 x86_64"),
                List.of("kernel 10 x86_64", "kernel 11 x86_64")))
        .containsExactly("REMOVED kernel 5 → ", "ADDED kernel  → 11");
  }

  @Test
  void statusFilesOfDpkg() throws IOException {
    PackageList list =
        status(
            """
            Package: zlib1g
            Status: install ok installed
            Architecture: amd64
            Version: 1:1.2.13
            Description: text
             Package: not a field
             Version: 9

            Package: gone
            Status: deinstall ok config-files
            Version: 1

            Package: half
            Status: install ok half-installed
            Version: 1

            Package: bare
            Version: 2
            """);
    assertThat(list.packages())
        .containsExactly(
            new InstalledPackage("bare", "2", ""),
            new InstalledPackage("zlib1g", "1:1.2.13", "amd64"));
    assertThat(list.complete()).isTrue();
  }

  @Test
  void aStatusFileThatNeverEndsALineTakesNoMemory() throws IOException {
    byte[] line = new byte[8 << 20];
    Arrays.fill(line, (byte) 'x');
    System.arraycopy("Package: ".getBytes(StandardCharsets.UTF_8), 0, line, 0, 9);
    PackageList list = DpkgStatus.read(new ByteArrayInputStream(line), "status");
    assertThat(list.packages().getFirst().name()).hasSizeLessThan(1000);
  }

  @Test
  void aStatusFileOfTooManyPackagesIsCut() throws IOException {
    PackageList list = status("Package: a\nVersion: 1\n\n".repeat(20_001));
    assertThat(list.packages()).hasSize(20_000);
    assertThat(list.complete()).isFalse();
  }

  private static PackageList status(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return DpkgStatus.read(new ByteArrayInputStream(bytes), "status");
  }

  private static List<String> diff(List<String> from, List<String> to) {
    return PackageDiff.of(list(from), list(to)).stream()
        .map(
            change ->
                change.kind()
                    + " "
                    + change.name()
                    + " "
                    + change.from().map(InstalledPackage::version).orElse("")
                    + " → "
                    + change.to().map(InstalledPackage::version).orElse(""))
        .toList();
  }

  private static PackageList list(List<String> packages) {
    return new PackageList(
        PackageFormat.RPM,
        "test",
        packages.stream()
            .map(text -> text.split(" ", -1))
            .map(parts -> new InstalledPackage(parts[0], parts[1], parts[2]))
            .toList(),
        true);
  }
}
