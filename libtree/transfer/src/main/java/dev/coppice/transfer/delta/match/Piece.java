package dev.coppice.transfer.delta.match;

/**
 * A piece of new content: bytes that old content has, or bytes that must be sent. In a delta it is
 * one operation {@code w}, with or without a read source.
 */
public sealed interface Piece {
  /** Bytes of the piece, at least one. */
  int length();

  /** Bytes that stand in the old content. */
  record Old(int offset, int length) implements Piece {}

  /** Bytes of the new content, from an offset into it, that the old content does not have. */
  record Literal(int offset, int length) implements Piece {}
}
