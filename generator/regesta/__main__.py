"""Run the command as `python -m regesta`."""

from regesta.cli import run

if __name__ == "__main__":
    run()
