package dev.coppice.sysroot.boot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.repo.Repo;
import dev.coppice.sysroot.bls.OsRelease;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What boot entries say about a deployment.
 *
 * @param repo has the commits
 * @param count how many deployments the new list has
 * @param showStateroot whether the list has more than one stateroot
 */
record EntryText(Repo repo, int count, boolean showStateroot) {
  static EntryText of(Repo repo, List<Placement> placements) {
    long stateroots =
        placements.stream().map(each -> each.deployment().name().stateroot()).distinct().count();
    return new EntryText(repo, placements.size(), stateroots > 1);
  }

  /** The number that orders entries; the default one has the highest. */
  int number(Placement placement) {
    return count - placement.index();
  }

  /** The title: name of the system, version unless the name has it, and place in the list. */
  String title(Placement placement, OsRelease release) throws IOException {
    String name =
        release
            .title()
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.SYSROOT_INVALID,
                        "Installing kernel: No PRETTY_NAME or ID in /etc/os-release",
                        "A tree that is to boot names itself in usr/lib/os-release."));
    var title = new StringBuilder(name);
    Optional<String> version = version(repo, placement.deployment().name().commit());
    if (version.isPresent() && !version.get().isEmpty() && !name.contains(version.get())) {
      title.append(' ').append(version.get());
    }
    title.append(" (ostree");
    if (showStateroot) {
      title.append(':').append(placement.deployment().name().stateroot());
    }
    return title.append(':').append(placement.index()).append(')').toString();
  }

  /** The version that a commit says it has; none when the commit is not there. */
  static Optional<String> version(Repo repo, Checksum commit) throws IOException {
    try {
      return repo.loadCommit(commit)
          .metadata()
          .lookup("version", VariantType.STRING)
          .map(Variant::asString);
    } catch (MissingObjectException pruned) {
      return Optional.empty();
    }
  }
}
