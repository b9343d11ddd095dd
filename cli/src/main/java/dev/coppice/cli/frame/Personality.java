package dev.coppice.cli.frame;

/** The name by which the program was called, which decides the command line that it speaks. */
public enum Personality {
  /** Every verb there is. */
  COPPICE("coppice"),
  /** The command line of ostree. */
  OSTREE("ostree"),
  /** The command line of rpm-ostree. */
  RPM_OSTREE("rpm-ostree");

  private final String program;

  Personality(String program) {
    this.program = program;
  }

  /** The program's name as in usage texts and in the names of external commands. */
  public String program() {
    return program;
  }

  /** The personality of a program name; every other name is {@link #COPPICE}. */
  public static Personality of(String program) {
    for (Personality personality : values()) {
      if (personality.program.equals(program)) {
        return personality;
      }
    }
    return COPPICE;
  }
}
