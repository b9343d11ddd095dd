package dev.coppice.posix;

/** The two processor architectures whose kernel interface this room knows. */
enum Architecture {
  X86_64,
  AARCH64;

  /** The architecture of this process. */
  static final Architecture CURRENT = of(System.getProperty("os.arch"));

  static Architecture of(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default -> throw new UnsupportedOperationException("no system call table for " + name);
    };
  }

  /** One of two numbers, by the architecture of this process. */
  static int pick(int x86, int aarch) {
    return CURRENT == X86_64 ? x86 : aarch;
  }
}
