package dev.coppice.reposerver.web;

import dev.coppice.reposerver.web.html.Address;
import java.util.Optional;

/** Why a page cannot be shown, and what its reader can do. */
final class PageProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int DAMAGED = 500;

  private final int status;
  private final String problem;
  private final String advice;

  private final transient Optional<Address> way;

  private PageProblem(int status, String problem, String advice, Optional<Address> way) {
    super(problem);
    this.status = status;
    this.problem = problem;
    this.advice = advice;
    this.way = way;
  }

  /** What was asked for is not there. */
  static PageProblem notFound(String problem, String advice) {
    return new PageProblem(NOT_FOUND, problem, advice, Optional.empty());
  }

  /** What was asked for is not there, but something near it is. */
  static PageProblem notFound(String problem, String advice, Address near) {
    return new PageProblem(NOT_FOUND, problem, advice, Optional.of(near));
  }

  /** The request itself cannot be understood. */
  static PageProblem badRequest(String problem, String advice) {
    return new PageProblem(BAD_REQUEST, problem, advice, Optional.empty());
  }

  /** The repository is damaged. */
  static PageProblem damaged(String problem, String advice) {
    return new PageProblem(DAMAGED, problem, advice, Optional.empty());
  }

  int status() {
    return status;
  }

  /** A sentence with its full stop. */
  String problem() {
    return problem;
  }

  /** A sentence with its full stop. */
  String advice() {
    return advice;
  }

  /** Where the advice leads; empty for the start of the site. */
  Optional<Address> way() {
    return way;
  }
}
