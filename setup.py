"The package as settings.ini describes it; settings.ini is nbdev's, and the one place where names and versions stand."

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=["="])
config.read(here / "settings.ini", encoding="utf-8")
cfg = config["DEFAULT"]

setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=(here / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    author=cfg["author"],
    author_email=cfg["author_email"],
    url=cfg["git_url"],
    keywords=cfg["keywords"].split(),
    license="Apache-2.0 AND CC-BY-SA-3.0",
    license_files=["LICENSE", "hopfield_nb/mnist/LICENSE"],
    packages=find_packages(include=["hopfield_nb", "hopfield_nb.*"]),
    package_data={"hopfield_nb": ["py.typed", "mnist/*", "view/*.css", "view/*.js"]},
    python_requires=f">={cfg['min_python']}",
    install_requires=cfg["requirements"].split(),
    extras_require={
        "dev": cfg["dev_requirements"].split(),
        "lab": cfg["lab_requirements"].split(),
    },
    entry_points={"console_scripts": [cfg["console_scripts"]]},
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Intended Audience :: Science/Research",
        "Programming Language :: Python :: 3",
    ],
)
