package dev.coppice.testdata;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine it runs on. */
public final class Requirement {
  private static final String REQUIRE_ALL = "COPPICE_REQUIRE_ALL";

  private Requirement() {}

  /**
   * Skips the running test when something is missing; fails it when {@code COPPICE_REQUIRE_ALL} is
   * set, so that nothing is skipped unnoticed where all should be there.
   *
   * @param missing what is missing and how to get it
   */
  public static void check(boolean present, String missing) {
    if (!present && System.getenv(REQUIRE_ALL) != null) {
      Assertions.fail(missing + " (" + REQUIRE_ALL + " is set)");
    }
    Assumptions.assumeTrue(present, missing);
  }

  /** Needs a program on PATH. */
  public static void program(String name, String debianPackage) {
    check(
        Programs.find(name).isPresent(),
        "needs the program " + name + ": apt-get install " + debianPackage);
  }
}
