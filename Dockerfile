# Two stages: the first has the sources and pip's leavings, the second only what runs.

FROM python:3.11-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

RUN python -m venv /venv
ENV PATH="/venv/bin:$PATH"

WORKDIR /src

# The dependencies first: this layer is made anew only when they change. With --require-hashes a
# package that was tampered with, or one that nobody listed, stops the build; with --only-binary no
# package gets to run code of its own while it is installed.
COPY requirements.txt requirements-build.txt ./
RUN pip install --require-hashes --only-binary :all: -r requirements.txt -r requirements-build.txt

# Then the project, with --no-deps and --no-build-isolation: whatever it needs, to run and to be
# built, has been installed above, checked.
COPY pyproject.toml README.md LICENSE ./
COPY knowledge ./knowledge
COPY bot ./bot
COPY adapters ./adapters
RUN pip install --no-deps --no-build-isolation . \
 && pip uninstall --yes -r requirements-build.txt

# The knowledge file is built here, once, since the container may write nothing at run time.
RUN mkdir /knowledge \
 && daybook build knowledge/packs/leon-trotsky knowledge/packs/nobel-laureates.jsonl \
    --output /knowledge/daybook.sqlite \
 && chmod 0444 /knowledge/daybook.sqlite


FROM python:3.11-slim

# The number is fixed so that the owner of /data stays the same from image to image, and so that
# an orchestrator which wants to see a user other than root can. /data is also the home: whatever
# a library keeps in "~" then survives, and nothing else can be written.
RUN groupadd --gid 10001 daybook \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data \
    --shell /usr/sbin/nologin daybook \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data

# Owned by root: the program cannot change itself or what it knows.
COPY --from=build /venv /venv
COPY --from=build /knowledge /knowledge

# DAYBOOK_PACKS is empty because the knowledge file already holds the built-in packs: with both,
# every fact would be told twice.
ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache \
    XDG_DATA_HOME=/data \
    DAYBOOK_PACKS="" \
    DAYBOOK_KNOWLEDGE=/knowledge/daybook.sqlite

# The bot's own state. Relative paths, such as that of a backup, land there too.
VOLUME /data
WORKDIR /data

USER 10001:10001

# No CMD: without a subcommand it is a chat on the console.
ENTRYPOINT ["daybook"]
