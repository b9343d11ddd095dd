package dev.coppice.core.ref;

/** Where a ref is kept: in this repository, under one of its remotes, or in a collection. */
public sealed interface RefAddress permits RefSpec, CollectionRef {
  /** The name below that place. */
  RefName ref();
}
