"""``python -m trajectories`` is the command ``trajectories``."""

from trajectories.cli.main import main

if __name__ == "__main__":
    main()
