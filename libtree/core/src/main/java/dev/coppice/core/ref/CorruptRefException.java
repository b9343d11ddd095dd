package dev.coppice.core.ref;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file below {@code refs/} that does not hold a checksum. */
public final class CorruptRefException extends TreeException {
  private static final long serialVersionUID = 1L;

  private final transient RefAddress ref;
  private final transient Path file;

  CorruptRefException(RefAddress ref, Path file, String reason, @Nullable Throwable cause) {
    super(
        ErrorCode.REF_CORRUPT,
        "Ref '" + ref + "' in " + file + " " + reason,
        "Delete this ref or set it to a commit anew",
        cause);
    this.ref = ref;
    this.file = file;
  }

  /** The ref. */
  public RefAddress ref() {
    return ref;
  }

  /** Its file. */
  public Path file() {
    return file;
  }
}
