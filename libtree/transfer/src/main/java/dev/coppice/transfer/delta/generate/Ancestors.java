package dev.coppice.transfer.delta.generate;

import java.util.List;

/** Which old files may be like a new one. */
interface Ancestors {
  /** Nothing is like anything. */
  Ancestors NONE = file -> List.of();

  /** Old files that a new one may be made from, the best first; few. */
  List<TreeFile> of(TreeFile file);
}
