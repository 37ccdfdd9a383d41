"""Invented lists, for the tests of screening."""

from __future__ import annotations

CSL = """_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,\
standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,\
vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,\
source_information_url,ids
e1,Entity List (EL) - Bureau of Industry and Security,,,,Quernmoor Photonics Research Institute,,"5 Mill Road, Tianjin, CN",\
90 FR 11111,2026-10-01,,,For all items subject to the EAR,Presumption of denial,,,,,,,,https://list.example/el,Quernmoor Photonics,,,,,,
s1,Specially Designated Nationals (SDN) - Treasury Department,77,Individual,SDGT,"Velstrom, Aldo Perrin",,"Lagoona, IR",\
,2026-09-01,,,,,,,,,,,,https://list.example/sdn,,,1961-04-02,,,,
"""
OWN = """id,name,alias,country,kind,note
w1,Bramblewick Avionics GmbH,Bramblewick Luftfahrt,DE,company,Late payments
w2,桐槭精密机械有限公司,Tongqi Precision Machinery,CN,company,Asked for a drawing without an order
w3,Quillfeather Shipping SA,,PA,company,Flag changed twice
"""


def own(*changes: tuple[str, str]) -> str:
    """Return the firm's own list with words replaced."""
    text = OWN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text
