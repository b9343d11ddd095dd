package dev.coppice.transfer.delta.apply;

import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.ServedFiles.HeaderCheck;
import java.io.IOException;

/**
 * What files must fulfil beside their checksums.
 *
 * @param check refuses owners and modes that are not wanted
 */
public record ApplyRules(HeaderCheck check) {
  /** Any file is welcome. */
  public static final ApplyRules ANY = new ApplyRules((_, _) -> {});

  /** Whether an object is here, in a parent, or staged: then it is not made again. */
  boolean has(Transaction transaction, ObjectName object) throws IOException {
    Repo repo = transaction.repo();
    return transaction.has(object) || (repo.parent().isPresent() && repo.objects().has(object));
  }
}
