"""Stored files as answers, for whoever was let in already: nobody is asked here who it is."""

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from servicejournal import files


def sent(file: "File[bytes]", *, name: str, **options: Any) -> HttpResponseBase:
    """The file of that name in the storage; `options` are those of `FileResponse`.

    Where the server in front hands files out (FILES_BY_NGINX) it is told where it lies, and no
    process of ours is held by a slow line. The address that it is told works for it alone.
    """
    response = FileResponse(file, **options)
    if not settings.FILES_BY_NGINX:
        return response
    told = HttpResponse(headers={"X-Accel-Redirect": files.shelf().internal_address(name)})
    for header in ("Content-Type", "Content-Disposition"):
        if header in response:
            told[header] = response[header]
    response.close()
    return told
