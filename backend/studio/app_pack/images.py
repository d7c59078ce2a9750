"""Which pictures the two systems and their stores want of an app, by the path in their projects, and in which size.

Android: launcher icons of 48 dp, layers of adaptive icons of 108 dp whose safe zone is a circle of 66 dp, notification
icons of 24 dp, in five densities (Android developers: Icons, Adaptive icons). Apple: one icon of 1024 px without
transparency, and one for the dark home screen (Human Interface Guidelines: App icons). Stores: 512 and 1024 px, a
feature graphic of 1024 x 500.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backend.branding.pictures import SCHEMES, Picture, home_screen, plain, silhouette, splash

RES = "android-files/app/src/main/res"
ICON_SET = "ios-files/App/App/Assets.xcassets/AppIcon.appiconset"
SPLASH_SET = "ios-files/App/App/Assets.xcassets/Splash.imageset"
DENSITIES = {"mdpi": 1.0, "hdpi": 1.5, "xhdpi": 2.0, "xxhdpi": 3.0, "xxxhdpi": 4.0}
_SPLASHES = {
    "mdpi": (320, 480),
    "hdpi": (480, 800),
    "xhdpi": (720, 1280),
    "xxhdpi": (960, 1600),
    "xxxhdpi": (1280, 1920),
}
_LAYER_SAFE = 46 / 108
"""A square mark of this side lies within the circle of 66 dp."""
APPLE_SPLASH = 2732
"""One square that every screen cuts its own part out of."""


def android() -> Iterator[tuple[str, Picture]]:
    """Everything below the project's ``res`` folder."""
    for density, scale in DENSITIES.items():
        icon, layer = round(48 * scale), round(108 * scale)
        mark = round(layer * _LAYER_SAFE)
        yield f"{RES}/mipmap-{density}/ic_launcher.png", home_screen(icon)
        yield f"{RES}/mipmap-{density}/ic_launcher_foreground.png", replace(plain(layer), mark=mark)
        yield f"{RES}/mipmap-{density}/ic_launcher_monochrome.png", replace(silhouette(layer), mark=mark)
        yield f"{RES}/drawable-{density}/ic_stat_notification.png", silhouette(round(24 * scale))
        across, down = _SPLASHES[density]
        for scheme in SCHEMES:
            night = "-night" if scheme == "dark" else ""
            yield f"{RES}/drawable-port{night}-{density}/splash.png", splash(across, down, scheme)
            yield f"{RES}/drawable-land{night}-{density}/splash.png", splash(down, across, scheme)
    yield f"{RES}/drawable/splash.png", splash(480, 320, "light")
    yield "store/play-icon-512.png", home_screen(512)
    yield "store/play-feature-1024x500.png", Picture(1024, 500, 250, ground="page", titled=True, opaque=True)


def apple() -> Iterator[tuple[str, Picture]]:
    """The two sets of the project's catalogue of assets."""
    yield f"{ICON_SET}/AppIcon-1024.png", home_screen(1024)
    yield f"{ICON_SET}/AppIcon-1024-dark.png", replace(plain(1024), mark=round(1024 * 0.72))
    for scheme in SCHEMES:
        yield f"{SPLASH_SET}/splash-{scheme}.png", splash(APPLE_SPLASH, APPLE_SPLASH, scheme)
    yield "store/app-store-icon-1024.png", home_screen(1024)
