package dev.coppice.core.checkout;

import dev.coppice.core.object.DirTree;
import java.io.IOException;
import java.util.List;

/** Makes some of the files of a large directory. */
record FilesTask(FileCheckout files, OpenDirectory directory, List<DirTree.File> list, int part)
    implements WorkStack.Task {
  @Override
  public void run(WorkStack stack) throws IOException {
    boolean done = false;
    try {
      files.checkout(directory, list);
      done = true;
    } finally {
      directory.release(done);
    }
  }

  @Override
  public void abandon() throws IOException {
    directory.release(false);
  }

  @Override
  public String path() {
    return directory.path();
  }
}
