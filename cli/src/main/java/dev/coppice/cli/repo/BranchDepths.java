package dev.coppice.cli.repo;

import dev.coppice.cli.frame.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of {@code --retain-branch-depth}: {@code BRANCH=DEPTH}, the last one of a branch counts.
 */
final class BranchDepths {
  private BranchDepths() {}

  static Map<String, Integer> parse(List<String> values) {
    var depths = new HashMap<String, Integer>();
    for (String value : values) {
      int equals = value.indexOf('=');
      if (equals < 0) {
        throw UsageException.messageOnly("Invalid value " + value + ", must specify BRANCH=DEPTH");
      }
      depths.put(value.substring(0, equals), depth(value.substring(equals + 1)));
    }
    return depths;
  }

  private static int depth(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw UsageException.messageOnly("Invalid depth " + text);
    }
  }
}
