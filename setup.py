"The package as settings.ini describes it; settings.ini is nbdev's, and the one place where names and versions stand."

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=["="])
config.read(here / "settings.ini", encoding="utf-8")
cfg = config["DEFAULT"]

extras = {
    name: cfg[f"{name}_requirements"].split()
    for name in ("fast", "notebook", "index", "dev", "lab")
}
extras["all"] = extras["fast"] + extras["notebook"]

setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=(here / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    author=cfg["author"],
    author_email=cfg["author_email"],
    project_urls={
        "Documentation": cfg["doc_host"],
        "Source": cfg["git_url"],
        "Issues": cfg["git_url"] + "/issues",
        "Changes": cfg["git_url"] + "/blob/main/CHANGELOG.md",
    },
    keywords=cfg["keywords"].split(),
    license_expression="Apache-2.0 AND CC-BY-SA-3.0",
    license_files=["LICENSE", "hopfield_nb/mnist/LICENSE"],
    packages=find_packages(include=["hopfield_nb", "hopfield_nb.*"]),
    package_data={"hopfield_nb": ["py.typed", "mnist/*", "view/*.css", "view/*.js"]},
    python_requires=f">={cfg['min_python']}",
    install_requires=cfg["requirements"].split(),
    extras_require=extras,
    entry_points={"console_scripts": [cfg["console_scripts"]]},
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Intended Audience :: Science/Research",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3.11",
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Typing :: Typed",
    ],
)
