"""Mutual information (Mattes et al. 2003) in SimpleITK as a peer: an affine transform, or a B-spline after it.

``simpleitk_mutual.py SETTING REFERENCE TARGET OUT_FOLDER``. By hand: the start is the best of all shifts up to 80 px at
a quarter of the resolution, else it is the georeferencing. A mesh of 64 px is the better one where the season is the
same, one of 128 px from snow to summer, where the fine one follows the snow."""

from __future__ import annotations

import os

import SimpleITK as sitk
from peer_files import Pair, from_command_line

SEARCH_PX = 80
SEARCH_SHRINK = 4
BINS = 50
STEPS_BSPLINE = 20
SETTINGS = {  # is the start searched for? the mesh of the B-spline, px, if there is one
    "affine": (False, None),
    "affine-by-hand": (True, None),
    "bspline-64-by-hand": (True, 64),
    "bspline-128-by-hand": (True, 128),
}


def main() -> None:
    """The command line."""
    setting, pair = from_command_line()
    search, mesh_px = SETTINGS[setting]
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    fixed, moving = (sitk.GetImageFromArray(image.astype("float32")) for image in (pair.reference, pair.target))
    start = best_shift(fixed, moving) if search else (0.0, 0.0)
    found = sitk.CompositeTransform([register_affine(fixed, moving, start)])
    if mesh_px:
        found.AddTransform(register_bspline(fixed, moving, found, mesh_px))
    warp(pair, fixed, moving, found)


def method() -> sitk.ImageRegistrationMethod:
    """What the three registrations have in common; every pixel counts, so that nothing is random."""
    registration = sitk.ImageRegistrationMethod()
    registration.SetMetricAsMattesMutualInformation(BINS)
    registration.SetMetricSamplingStrategy(registration.NONE)
    registration.SetInterpolator(sitk.sitkLinear)
    return registration


def best_shift(fixed: sitk.Image, moving: sitk.Image) -> tuple[float, ...]:
    """The shift, pixels, with the most mutual information of all up to SEARCH_PX either way."""
    steps = SEARCH_PX // SEARCH_SHRINK
    registration = method()
    registration.SetOptimizerAsExhaustive([steps, steps])
    registration.SetOptimizerScales([SEARCH_SHRINK, SEARCH_SHRINK])  # pixels a step
    registration.SetInitialTransform(sitk.TranslationTransform(2), inPlace=False)
    small = [sitk.Shrink(sitk.DiscreteGaussian(image, 4.0), [SEARCH_SHRINK] * 2) for image in (fixed, moving)]
    return sitk.Transform(registration.Execute(*small)).GetParameters()


def register_affine(fixed: sitk.Image, moving: sitk.Image, start: tuple[float, ...]) -> sitk.Transform:
    """Coarse to fine, from a shift."""
    first = sitk.AffineTransform(2)
    first.SetCenter([(size - 1) / 2 for size in fixed.GetSize()])
    first.SetTranslation(start)
    registration = method()
    registration.SetInitialTransform(first, inPlace=False)
    registration.SetOptimizerAsRegularStepGradientDescent(1.0, 1e-4, 300, gradientMagnitudeTolerance=1e-8)
    registration.SetOptimizerScalesFromPhysicalShift()
    registration.SetShrinkFactorsPerLevel([4, 2, 1])
    registration.SetSmoothingSigmasPerLevel([2, 1, 0])
    return registration.Execute(fixed, moving)


def register_bspline(fixed: sitk.Image, moving: sitk.Image, so_far: sitk.Transform, mesh_px: int) -> sitk.Transform:
    """Coarse to fine, on top of what is known so far; ``mesh_px`` between its control points."""
    mesh = [max(1, round(size / mesh_px)) for size in fixed.GetSize()]
    registration = method()
    registration.SetMovingInitialTransform(so_far)
    registration.SetInitialTransform(sitk.BSplineTransformInitializer(fixed, mesh), inPlace=False)
    registration.SetOptimizerAsLBFGSB(1e-5, STEPS_BSPLINE)
    registration.SetShrinkFactorsPerLevel([2, 1])
    registration.SetSmoothingSigmasPerLevel([1, 0])
    return registration.Execute(fixed, moving)


def warp(pair: Pair, fixed: sitk.Image, moving: sitk.Image, found: sitk.Transform) -> None:
    """The target by ``found``, cubic B-spline interpolation."""
    moved = sitk.Resample(moving, fixed, found, sitk.sitkBSpline, 0.0)
    there = sitk.Resample(moving * 0 + 1, fixed, found, sitk.sitkLinear, 0.0)
    pair.write(sitk.GetArrayFromImage(moved), sitk.GetArrayFromImage(there) > 0.999)


if __name__ == "__main__":
    main()
