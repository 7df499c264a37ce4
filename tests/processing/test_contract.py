"""Ids, parameter and output names are promises to models and scripts: they never change once released."""

from __future__ import annotations

from pathlib import Path

import pytest

MATCH_INPUTS = [
    "REFERENCE",
    "TARGET",
    "MATCHER",
    "MAX_SHIFT",
    "EXTENT",
    "AREA",
    "AREA_MODE",
]
MATCH_SETTINGS = [
    *("TRANSFORM", "REFERENCE_BAND", "TARGET_BAND", "MATCHER_OPTIONS", "SPACING", "MIN_SCORE", "DEVICE", "SEED")
]
MATCH_FILES = ["TIE_POINTS", "SHIFT_VECTORS", "GCP_FILE", "REPORT", "MATCH_FIGURE"]
MATCH_FIGURES = ["COUNT", "INLIERS", "RMSE", "CE90", "SHIFT_X", "SHIFT_Y", "STATUS", "MESSAGES"]
CONTRACT = {
    "matchrasters": (MATCH_INPUTS + MATCH_SETTINGS + MATCH_FILES, MATCH_FILES + MATCH_FIGURES),
    "warpraster": (["INPUT", "TIE_POINTS", "REFERENCE", "TRANSFORM", "RESAMPLING", "EXTENT", "OUTPUT"], ["OUTPUT"]),
    "preparesentinel2": (
        [
            "PRODUCT",
            "BANDS",
            "RESOLUTION",
            "EXTENT",
            "AREA",
            "MASK_CLOUDS",
            "CLOUD_PROBABILITY",
            "NORMALISE",
            "THRESHOLD",
            "OUTPUT",
        ],
        ["OUTPUT"],
    ),
    "coregister": (
        [*MATCH_INPUTS, "RESAMPLING", *MATCH_SETTINGS, "OUTPUT", *MATCH_FILES],
        ["OUTPUT", *MATCH_FILES, *MATCH_FIGURES],
    ),
    "assessmatchers": (
        [
            *("REFERENCE", "TARGET", "MATCHERS", "THRESHOLDS", "KNOWN_WARP", "PAIRS", "GEOREFERENCING"),
            *("MAX_SHIFT", "EXTENT", "AREA", "AREA_MODE", "REFERENCE_BAND", "TARGET_BAND", "MATCHER_OPTIONS"),
            *("DEVICE", "SEED", "TABLE", "FIGURE", "REPORT"),
        ],
        ["TABLE", "FIGURE", "REPORT", "PAIR_COUNT", "JUDGED_BY", "MESSAGES"],
    ),
    "comparescenes": (
        [
            *("INPUTS", "FOLDER", "AREA", "AREA_MODE", "MATCHER", "THRESHOLD", "MAX_SHIFT", "MIN_OVERLAP", "DEVICE"),
            *("SEED", "CACHE", "PAIRS", "MATRIX_FIGURE", "REPORT"),
        ],
        [
            *("PAIRS", "MATRIX_FIGURE", "REPORT"),
            *("COUNT", "SAME_PLACE", "SCENES", "UNUSABLE", "PLACES", "MESSAGES"),
        ],
    ),
    "environment": (["ACTION", "TORCH", "INTERPRETER", "WHEELS", "EXTRAS"], ["READY", "REPORT"]),
    "detectkeypoints": (
        [
            *("INPUT", "DETECTOR", "MAX_KEYPOINTS", "EXTENT", "AREA", "AREA_MODE", "BAND", "OPTIONS", "DEVICE", "SEED"),
            *("KEYPOINTS", "KEYPOINT_FIGURE"),
        ],
        ["KEYPOINTS", "KEYPOINT_FIGURE", "COUNT", "MESSAGES"],
    ),
    "buildtrainingset": (
        [
            *("SCENES", "SCENES_FOLDER", "TILE_SIZE", "STRIDE", "AREA", "RADIOMETRY", "SNOW_THRESHOLD"),
            *("SUMMER_THRESHOLD", "SEASONS", "MASK_CLOUDS", "MAX_INVALID", "VALIDATION_PLACES", "TEST_PLACES"),
            *("VALIDATION_SHARE", "PLACE", "PIXEL_SIZE", "OFFSETS", "CONTACT_SHEET", "DEVICE", "SEED", "FOLDER"),
        ],
        [
            *("FOLDER", "INDEX", "SHEET", "PLACES", "DATES", "TILES", "TRAIN", "VALIDATION", "TEST", "REJECTED"),
            *("UNKNOWN_OFFSETS", "MESSAGES"),
        ],
    ),
    "trainmatcher": (
        [
            *("TRAINING_SET", "START_FROM", "START_WEIGHTS", "EPOCHS", "DEVICE", "MINUTES", "BATCH", "ACCUMULATE"),
            *("SIZE", "LEARNING_RATE", "PAIR_OPTIONS", "PRECISION", "VALIDATION_PAIRS", "TEST_PAIRS", "SEED"),
            *("RUN_FOLDER", "WEIGHTS", "LOG_FIGURE"),
        ],
        [
            *("WEIGHTS", "LOG_FIGURE", "MODEL_CARD", "LOG", "STEPS", "P1", "P3", "P1_START", "P3_START", "MATCHES"),
            *("MATCHES_START", "BETTER", "MESSAGES"),
        ],
    ),
    "models": (
        ["ACTION", "MODEL", "FILE", "ACCEPT_LICENCE", "MODEL_FOLDER", "TABLE"],
        ["TABLE", "COUNT", "MESSAGES"],
    ),
}
REQUIRED = {
    "matchrasters": {"REFERENCE", "TARGET"},
    "warpraster": {"INPUT", "TIE_POINTS", "OUTPUT"},
    "preparesentinel2": {"PRODUCT", "OUTPUT"},
    "coregister": {"REFERENCE", "TARGET", "OUTPUT"},
    "assessmatchers": set(),  # two rasters, or a folder of pairs
    "comparescenes": set(),  # rasters, or a folder of them
    "detectkeypoints": {"INPUT"},
    "buildtrainingset": {"FOLDER"},  # rasters and folders of them, or a folder
    "trainmatcher": {"TRAINING_SET", "WEIGHTS"},
    "models": set(),
    "environment": set(),
}
CHOICES = {
    "models.ACTION": ["list", "download", "import", "remove"],
    "environment.ACTION": ["check", "install", "repair"],
    "environment.TORCH": ["cpu", "cuda"],
    "AREA_MODE": ["inside", "outside"],
    "GEOREFERENCING": ["use", "ignore"],
    "DEVICE": ["auto", "cpu", "cuda", "mps"],
    "NORMALISE": ["none", "reflectance", "threshold", "percentile"],
    "PRECISION": ["auto", "bf16", "fp16", "fp32"],
    "RADIOMETRY": ["auto", "as_is", "threshold", "percentile"],
    "RESAMPLING": ["nearest", "bilinear", "cubic", "lanczos"],
    "TRANSFORM": [
        "auto",
        "shift",
        "similarity",
        "affine",
        "homography",
        "polynomial2",
        "polynomial3",
        "thin_plate_spline",
        "local",
    ],
}


def algorithm(name):
    from qgis.core import QgsApplication

    return QgsApplication.processingRegistry().algorithmById(f"sentinelmatch:{name}")


@pytest.mark.parametrize("name", CONTRACT)
def test_parameters_and_outputs_have_the_names_of_the_contract(qgis_here, name):
    found = algorithm(name)
    assert [p.name() for p in found.parameterDefinitions()] == CONTRACT[name][0]
    assert [o.name() for o in found.outputDefinitions()] == CONTRACT[name][1]


@pytest.mark.parametrize("name", CONTRACT)
def test_only_what_nobody_can_guess_is_required(qgis_here, name):
    from qgis.core import QgsProcessingParameterDefinition

    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    required = {p.name() for p in algorithm(name).parameterDefinitions() if not p.flags() & optional}
    assert required == REQUIRED[name]


@pytest.mark.parametrize("name", CONTRACT)
def test_choices_are_static_strings_so_that_names_work_on_the_command_line_and_in_models(qgis_here, name):
    from qgis.core import QgsProcessingParameterEnum

    for parameter in algorithm(name).parameterDefinitions():
        if isinstance(parameter, QgsProcessingParameterEnum):
            assert parameter.usesStaticStrings(), parameter.name()
            default = parameter.defaultValue()
            if default is not None:  # without one, nothing chosen has a meaning of its own
                assert set(default if isinstance(default, list) else [default]) <= set(parameter.options())
            for key in (parameter.name(), f"{name}.{parameter.name()}"):
                if key in CHOICES:
                    assert parameter.options() == CHOICES[key]


def test_every_matcher_of_the_engine_can_be_chosen(qgis_here):
    from sentinel_match_plugin.engine.jobs import MATCHERS

    assert algorithm("matchrasters").parameterDefinition("MATCHER").options() == list(MATCHERS)


@pytest.mark.parametrize("name", CONTRACT)
def test_every_algorithm_and_parameter_explains_itself(qgis_here, name):
    found = algorithm(name)
    assert len(found.shortHelpString()) > 300
    assert found.shortDescription().endswith(".")
    assert found.helpUrl().startswith("file:")
    assert found.group()
    assert "tie points" in found.tags()
    assert Path(found.svgIconPath()).is_file()
    assert not found.icon().isNull()
    for parameter in found.parameterDefinitions():
        assert parameter.help().endswith("."), f"{parameter.name()} has no help"


def test_lengths_say_their_unit(qgis_here):
    found = algorithm("coregister")
    for name, unit in (("MAX_SHIFT", "metres"), ("SPACING", "reference pixels")):
        assert unit in found.parameterDefinition(name).description()
    for name in ("RMSE", "CE90"):
        assert "metres" in found.outputDefinition(name).description()


def test_tie_points_have_the_fields_of_the_contract(qgis_here):
    from sentinel_match_plugin.processing.points import FIELDS
    from sentinel_match_plugin.processing.sinks import fields_of

    fields = fields_of(FIELDS)
    numbers = ["ref_x", "ref_y", "tgt_x", "tgt_y", "dx", "dy", "score", "residual"]
    assert fields.names() == ["id", *numbers, "inlier"]
    boolean, whole, fraction = 1, 2, 6  # the same numbers in QVariant and QMetaType
    assert int(fields.field("id").type()) == whole
    assert int(fields.field("inlier").type()) == boolean
    assert {int(fields.field(name).type()) for name in numbers} == {fraction}


def test_the_provider_has_its_id_its_icon_and_only_these_algorithms(qgis_here):
    from qgis.core import QgsApplication

    provider = QgsApplication.processingRegistry().providerById("sentinelmatch")
    examples = {"timeseries", "ndvichange", "basemapreference"}
    assert {found.name() for found in provider.algorithms()} == set(CONTRACT) | examples
    assert not provider.icon().isNull()
