package dev.coppice.reposerver.web;

import dev.coppice.core.repo.Repo;

/**
 * What all pages have in common.
 *
 * @param title the name of the site
 */
record Site(
    Repo repo,
    String title,
    Assets assets,
    CommitReader commits,
    PackageReader packages,
    DiffReader diffs,
    SignatureCheck signatures) {}
