package dev.coppice.sysroot.boot;

import dev.coppice.core.repo.Repo;
import dev.coppice.sysroot.Deployment;
import java.io.IOException;
import java.util.List;

/**
 * Whether a boot loader would see a difference between two lists of deployments.
 *
 * @param repo has the commits
 */
record EntryComparison(Repo repo) {
  boolean differ(List<Deployment> current, List<Deployment> wanted) throws IOException {
    if (current.size() != wanted.size()) {
      return true;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (differ(current.get(i), wanted.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean differ(Deployment a, Deployment b) throws IOException {
    return !a.files().equals(b.files())
        || !argumentsBesidesLink(a).equals(argumentsBesidesLink(b))
        // The version is part of the title.
        || !EntryText.version(repo, a.name().commit())
            .equals(EntryText.version(repo, b.name().commit()))
        || !a.name().stateroot().equals(b.name().stateroot());
  }

  private static String argumentsBesidesLink(Deployment deployment) {
    return deployment.kernelArgs().replace("ostree").toString();
  }
}
