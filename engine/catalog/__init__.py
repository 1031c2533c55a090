"""Packages: deployments, versions and regional variants; see README.md beside this file."""

from engine.catalog.bindings import Binding, bindings
from engine.catalog.checks import check_package
from engine.catalog.definitions import BoundedCache, Catalog, ParsedFiles
from engine.catalog.info import ProcessInfo, SummaryField
from engine.catalog.package import Manifest, Package, build_package, find_packages, read_package
from engine.catalog.package_files import PackageFile
from engine.catalog.resources import Resource, ResourceKind, resolve, resolve_layers, rungs
from engine.catalog.variants import Variant, read_variant

__all__ = [
    "Binding",
    "BoundedCache",
    "Catalog",
    "Manifest",
    "Package",
    "PackageFile",
    "ParsedFiles",
    "ProcessInfo",
    "Resource",
    "ResourceKind",
    "SummaryField",
    "Variant",
    "bindings",
    "build_package",
    "check_package",
    "find_packages",
    "read_package",
    "read_variant",
    "resolve",
    "resolve_layers",
    "rungs",
]
