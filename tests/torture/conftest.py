"""What the long trials share: they say what they found, figures and all."""

import pytest


@pytest.fixture
def tell(request):
    """Print a line among the results."""
    plugins = request.config.pluginmanager
    reporter, capture = plugins.getplugin("terminalreporter"), plugins.getplugin("capturemanager")

    def say(text):
        with capture.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(text)

    return say
