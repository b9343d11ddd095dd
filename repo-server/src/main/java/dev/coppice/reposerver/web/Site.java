package dev.coppice.reposerver.web;

import dev.coppice.core.repo.Repo;

/** What all pages of a repository have in common. */
record Site(
    Repo repo,
    Document.Frame frame,
    CommitReader commits,
    PackageReader packages,
    DiffReader diffs,
    SignatureCheck signatures) {}
