package dev.coppice.reposerver.web.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
  /** Cases of rpm's manual rpm-version(7) and of its own tests, which state the expected sign. */
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0, 0",
    "1.0, 2.0, -1",
    "2.0.1, 2.0, 1",
    "2.0.1a, 2.0.1, 1",
    "5.5p1, 5.5p2, -1",
    "5.5p10, 5.5p1, 1",
    "10xyz, 10.1xyz, -1",
    "xyz10, xyz10.1, -1",
    "xyz.4, 8, -1",
    "5.5p2, 5.6p1, -1",
    "6.0.rc1, 6.0, 1",
    "10b2, 10a1, 1",
    "1.0aa, 1.0a, 1",
    "10.0001, 10.1, 0",
    "4.999.9, 5.0, -1",
    "20101121, 20101122, -1",
    "2_0, 2_0, 0",
    "2.0, 2_0, 0",
    "a, a+, 0",
    "+, _, 0",
    "1.0~rc1, 1.0, -1",
    "1.0~rc1, 1.0~rc2, -1",
    "1.0~rc1~git123, 1.0~rc1, -1",
    "1.0^, 1.0, 1",
    "1.0^git1, 1.0^git2, -1",
    "1.0^git1, 1.01, -1",
    "1.0^20160101, 1.0.1, -1",
    "1.0~rc1^git1, 1.0~rc1, 1",
    "1.0^git1~pre, 1.0^git1, -1",
    "1:1.0-1, 2.0-1, 1",
    "0:1.0-1, 1.0-1, 0",
    "1.0-9.fc40, 1.0-10.fc40, -1"
  })
  void rpmVersions(String left, String right, int expected) {
    Comparator<String> order = PackageFormat.RPM.versions();
    assertThat(Integer.signum(order.compare(left, right))).isEqualTo(expected);
    assertThat(Integer.signum(order.compare(right, left))).isEqualTo(-expected);
  }

  @Test
  void debianVersionsAsDpkgOrdersThem() {
    Requirement.program("dpkg", "dpkg");
    Comparator<String> order = PackageFormat.DEBIAN.versions();
    for (List<String> pair : pairs()) {
      int ours = Integer.signum(order.compare(pair.getFirst(), pair.getLast()));
      assertThat(ours).as("%s", pair).isEqualTo(dpkg(pair.getFirst(), pair.getLast()));
    }
  }

  private static List<List<String>> pairs() {
    var random = new SplittableRandom(3);
    var pairs = new java.util.ArrayList<List<String>>();
    pairs.add(List.of("1.0", "1.0-0"));
    pairs.add(List.of("20230311+deb12u1", "20250419~deb12u2"));
    pairs.add(List.of("1:2.38.1-5+deb12u3", "2.40-1"));
    pairs.add(List.of("3.0~~", "3.0~"));
    pairs.add(List.of("1.2-3-4", "1.2-3-5"));
    for (int i = 0; i < 120; i++) {
      pairs.add(List.of(version(random), version(random)));
    }
    return pairs;
  }

  private static String version(SplittableRandom random) {
    var version = new StringBuilder("1");
    for (int i = random.nextInt(6); i > 0; i--) {
      version.append("012a~+.-".charAt(random.nextInt(8)));
    }
    return version.append('0').toString();
  }

  private static int dpkg(String left, String right) {
    if (Programs.run("dpkg", "--compare-versions", left, "eq", right).exit() == 0) {
      return 0;
    }
    return Programs.run("dpkg", "--compare-versions", left, "lt", right).exit() == 0 ? -1 : 1;
  }
}
