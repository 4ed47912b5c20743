"""`daybook serve`: the bot on every platform whose token is set, until it is told to stop.

What is cheap and may be wrong comes first (settings, ports), then what a platform needs to be
reached, and last what it can do without at first: Discord is to hear of the bot within 1.5 seconds.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import UTC

import click

from bot.answering import Answering
from bot.cli.platforms import chosen, no_token
from bot.cli.session import cache_folder, wrong_packs
from bot.cli.stop_signals import StopSignals
from bot.config import Config, load_config
from bot.daily.service import daily_posts
from bot.desk.opening import open_desk
from bot.errors import EXIT_BROKEN, ConfigurationError, UserError
from bot.library_watch import LibraryWatch
from bot.logs import start_logging
from bot.metrics import Metrics
from bot.ports import listen
from bot.rate import RateLimits
from bot.redaction import Redaction
from bot.service import Service
from bot.settings import Address
from bot.state.database import Database, open_database
from bot.state.faults import StateConfigurationError, StateError
from bot.supervisor import NoPlatformLeftError, Supervisor
from knowledge.library import FaultyPacksError, open_library
from knowledge.store import Store

logger = logging.getLogger("daybook")

THREADS = 4
"""For names looked up in the DNS, and for a library that is opened; answers have their own."""


@click.command()
def command() -> None:
    """Answer on every platform whose token is set, until SIGTERM or Ctrl-C.

    Ends with 78 where a setting is wrong, no token is set, or every one is refused.
    """
    config = load_config(os.environ)
    if not chosen(config):
        raise no_token()
    listener = _open_ports(config)
    _leave_no_core()
    writer = start_logging(config.log_level or logging.INFO, config.secrets)
    try:
        signals = StopSignals(before_end=writer.close)
        _serve(config, listener, signals)
    except UserError:
        raise
    except Exception:
        logger.critical("ended by an error that it should not have had", exc_info=True)
        sys.exit(EXIT_BROKEN)
    finally:
        writer.close()


def _open_ports(config: Config) -> socket.socket | None:
    """Return what health and metrics listen on, and see whether the webhook's port can be had."""
    webhook = config.telegram.webhook if config.telegram else None
    if webhook:
        listen(Address(webhook.host, webhook.port), "TELEGRAM_WEBHOOK_LISTEN").close()
    return listen(config.http, "DAYBOOK_HTTP") if config.http else None


def _leave_no_core() -> None:
    """Let no crash write the memory, which holds the tokens, to a file."""
    try:
        import resource
    except ImportError:  # Windows has neither
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(config: Config, listener: socket.socket | None, signals: StopSignals) -> None:
    for warning in config.warnings:
        logger.warning("%s", warning)
    with asyncio.Runner(debug=False) as runner:
        try:
            runner.run(_run(config, listener, signals))
        except NoPlatformLeftError as error:
            raise ConfigurationError(Redaction(config.secrets).clean(str(error))) from None


async def _run(config: Config, listener: socket.socket | None, signals: StopSignals) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="daybook"))
    metrics = Metrics()

    async def take(store: Store) -> None:
        packs = store.pack_summaries
        await answering.swap(store)
        metrics.library_opened(packs)

    watch = LibraryWatch(config.packs, cache_folder(), take, metrics.library_broken)
    answering = Answering(_library(config))
    async with AsyncExitStack() as stack:
        stack.callback(answering.close)
        metrics.library_opened(answering.answerer.store.pack_summaries)
        service = Service(answering, RateLimits(config.rate), metrics, config.zone or UTC)
        adapters = [platform.adapter(config, service) for platform in chosen(config)]
        stopped = asyncio.Event()
        # from here on there are threads and files that must be closed in order
        signals.attach(loop, stopped)
        database = await _open_state(config)
        stack.push_async_callback(database.close)
        daily = daily_posts(database, answering, adapters, metrics)
        stack.push_async_callback(daily.close)
        desk = await open_desk(database, service, adapters)
        remembering = asyncio.create_task(desk.remembered.keep_fresh(database), name="settings")
        stack.callback(remembering.cancel)
        supervisor = Supervisor(adapters, metrics)
        running = asyncio.create_task(supervisor.run(), name="supervisor")
        posting = asyncio.create_task(daily.run(), name="daily posts")
        if listener:
            await asyncio.sleep(0)  # the adapters first
            from bot.health import HealthPort  # aiohttp takes a quarter of a second

            health = HealthPort(listener, supervisor.states, metrics, daily.checks)
            await health.start()
            stack.push_async_callback(health.stop)
        watching = asyncio.create_task(watch.run(), name="library watch")
        stack.callback(watching.cancel)
        gc.freeze()  # what was loaded until now stays; later collections need not go through it
        waiting = asyncio.create_task(stopped.wait(), name="stop signal")
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not running.done():
            logger.info("stopping")
        await asyncio.gather(supervisor.stop(), daily.stop())
        await posting
        await running
        logger.info("stopped")


async def _open_state(config: Config) -> Database:
    """Open the state database before a platform is reached: another process may have it."""
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each of its own parts
    try:
        return await open_database(config.state_or_default)
    except StateConfigurationError as error:
        raise ConfigurationError(str(error)) from None
    except StateError as error:
        raise UserError(str(error)) from None


def _library(config: Config) -> Store:
    if not config.packs:
        logger.warning("the library is empty; unset DAYBOOK_PACKS or set DAYBOOK_KNOWLEDGE")
    try:
        return open_library(config.packs, cache_folder())
    except FaultyPacksError as error:
        raise wrong_packs(error) from None
