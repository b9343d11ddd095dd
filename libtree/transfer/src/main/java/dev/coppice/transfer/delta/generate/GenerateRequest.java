package dev.coppice.transfer.delta.generate;

import dev.coppice.sign.Signer;
import dev.coppice.transfer.delta.DeltaName;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A delta to make.
 *
 * @param name from which commit to which; both must be complete in the repository
 * @param limits on sizes
 * @param form how it is written down
 * @param signers what signs the superblock; none for a delta without signatures
 */
public record GenerateRequest(DeltaName name, Limits limits, Form form, List<Signer> signers) {
  /** Copies the list. */
  public GenerateRequest {
    signers = List.copyOf(signers);
  }

  /** A delta as it is made when nothing else is said. */
  public static GenerateRequest of(DeltaName name) {
    return new GenerateRequest(name, Limits.STANDARD, Form.STANDARD, List.of());
  }

  /** The same with other limits. */
  public GenerateRequest with(Limits other) {
    return new GenerateRequest(name, other, form, signers);
  }

  /** The same in another form. */
  public GenerateRequest with(Form other) {
    return new GenerateRequest(name, limits, other, signers);
  }

  /** The same, signed. */
  public GenerateRequest signedBy(List<Signer> others) {
    return new GenerateRequest(name, limits, form, others);
  }

  /**
   * Limits, in bytes.
   *
   * @param fallback files above this that are like no old file are fetched by themselves, 0 for
   *     none; where it is empty, files above {@link #FALLBACK} are of which it costs no bytes
   * @param patch sum of the sizes of an old and a new file above which no patch is made; 0 for no
   *     patches at all
   * @param part sum of the sizes of a part's objects; only an object that is larger by itself makes
   *     a larger part
   */
  public record Limits(OptionalLong fallback, long patch, long part) {
    /** Above this a fallback is worth an exchange of its own; also the real tool's limit. */
    public static final long FALLBACK = 4_000_000;

    /** The real tool's. */
    public static final Limits STANDARD = new Limits(OptionalLong.empty(), 128_000_000, 32_000_000);
  }

  /**
   * How a delta is written down.
   *
   * @param order byte order of sizes in the superblock; that of the machine in the real tool, but
   *     it must not depend on who makes it here
   * @param placement where parts are
   * @param filter what executables are prepared with
   * @param file the superblock's file, with parts beside it; empty for the repository's place
   */
  public record Form(
      ByteOrder order, Placement placement, ExecutableFilter filter, Optional<Path> file) {
    /** In the repository, in files of their own. */
    public static final Form STANDARD =
        new Form(ByteOrder.LITTLE_ENDIAN, Placement.FILES, ExecutableFilter.X86, Optional.empty());
  }

  /** Where parts are. */
  public enum Placement {
    /** In files of their own. */
    FILES,
    /** In the superblock. */
    INLINE
  }

  /** For which machines' executables filters are used. */
  public enum ExecutableFilter {
    /** x86 only: every client knows that filter. */
    X86,
    /** ARM64 as well: clients need liblzma 5.4 or newer. */
    X86_AND_ARM64
  }
}
