"""The addresses of looking into results."""

from django.urls import path

from junheng.web.views.drill import city, county, leader, line, matrix, school

addresses = [
    path("results/", city.drill, name="drill"),
    path("results/<int:pk>/", city.city, name="drill-city"),
    path("results/<int:pk>/leader/", leader.leader, name="drill-leader"),
    path("results/<int:pk>/county/<code>/", county.county, name="drill-county"),
    path("results/<int:pk>/county/<code>/schools/", matrix.matrix, name="drill-matrix"),
    path("results/<int:pk>/county/<code>/shortfalls/", county.shortfalls, name="drill-shortfalls"),
    path("results/<int:pk>/county/<code>/line/<item>/", line.line, name="drill-line"),
    path("results/<int:pk>/school/<code>/", school.school, name="drill-school"),
    path("results/<int:pk>/school/<code>/filed/", school.everything, name="drill-filed"),
    path("results/<int:pk>/school/<code>/filed/<column>/", school.cell, name="drill-cell"),
    path("results/<int:pk>/school/<code>/<item>/", school.indicator, name="drill-cells"),
]
